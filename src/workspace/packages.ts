import path from 'node:path';
import { toCompilerPath, type FileSystem } from './filesystem';

/** What of a package.json decides how code may be written. */
export interface PackageFile {
  /** As the compiler spells paths. */
  readonly path: string;
  readonly type: 'module' | 'commonjs';
  readonly engines: string | undefined;
  readonly version: string | undefined;
}

/** The nearest package.json from a folder upward; up to the file system's root. */
export function nearestPackage(folder: string, disk: FileSystem): PackageFile | undefined {
  for (let at = folder; ; at = path.posix.dirname(at)) {
    const found = readPackage(path.posix.join(at, 'package.json'), disk);
    if (found) return found;
    if (path.posix.dirname(at) === at) return undefined;
  }
}

function readPackage(file: string, disk: FileSystem): PackageFile | undefined {
  if (!disk.fileExists(file)) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(disk.readFile(file)?.replace(/^\uFEFF/, '') ?? '');
  } catch {
    return undefined;
  }
  const engines = textAt(valueAt(read, 'engines'), 'node');
  return { path: file, type: textAt(read, 'type') === 'module' ? 'module' : 'commonjs', engines, version: textAt(read, 'version') };
}

/** The versions of Node that a file's nearest package.json with `engines` admits, as it writes them; up to the repository's own. Undefined where none says. */
export function statedEngines(file: string, disk: FileSystem): string | undefined {
  for (let at = path.posix.dirname(toCompilerPath(file)); ; ) {
    const found = nearestPackage(at, disk);
    if (found === undefined || found.engines !== undefined) return found?.engines;
    at = path.posix.dirname(path.posix.dirname(found.path));
    if (path.posix.dirname(at) === at || disk.directoryExists(path.posix.join(path.posix.dirname(found.path), '.git'))) return undefined;
  }
}

/** An installed package's package.json, as Node finds it from a folder. */
export function installedPackage(name: string, folder: string, disk: FileSystem): PackageFile | undefined {
  for (let at = folder; ; at = path.posix.dirname(at)) {
    const found = readPackage(path.posix.join(at, 'node_modules', name, 'package.json'), disk);
    if (found) return found;
    if (path.posix.dirname(at) === at) return undefined;
  }
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key);
  return typeof found === 'string' ? found : undefined;
}
