import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { FixConfiguration } from './ability';
import { toCompilerPath, type FileSystem } from './filesystem';
import { isJavaScript } from './languages';
import { nearestPackage } from './packages';

/** Where the runtime lies that comes with the tool: beside the bundle, or in the build of this repository. */
const SHIPPED = [path.join(__dirname, 'runtime'), path.resolve(__dirname, '../../../dist/runtime')];

/** What the tool knows of the runtime's package: only what has this integrity is that package. */
export interface RuntimePackage {
  readonly name: string;
  readonly version: string;
  /** Of the packed tarball, as registries state it. */
  readonly integrity: string;
}

/** A file to be written: the whole runtime. */
export interface RuntimeCopy {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** Throws an Error when the tool was installed without it. */
export function shippedRuntime(): RuntimePackage {
  const read: unknown = JSON.parse(readShipped('package.json'));
  const text = (key: string): string => {
    const value: unknown = typeof read === 'object' && read !== null ? Reflect.get(read, key) : undefined;
    if (typeof value !== 'string') throw new Error('what is shipped of the runtime cannot be read');
    return value;
  };
  return { name: text('name'), version: text('version'), integrity: text('integrity') };
}

function readShipped(name: string): string {
  const folder = SHIPPED.find((one) => existsSync(path.join(one, name)));
  if (folder === undefined) throw new Error('the tool was installed without the runtime');
  return readFileSync(path.join(folder, name), 'utf8');
}

/** Settings by which fixes of the file import a copy of the runtime: where the configuration says, else in the sources of the file's package. */
export function copySettings(file: string, settings: FixConfiguration, disk: FileSystem): FixConfiguration {
  if (settings.runtime?.copyTo !== undefined) return settings;
  const at = toCompilerPath(file);
  const root = path.posix.dirname(nearestPackage(path.posix.dirname(at), disk)?.path ?? path.posix.join(toCompilerPath(settings.folder), 'package.json'));
  const name = `managed-scope${isJavaScript(file) ? '.js' : '.ts'}`;
  // One copy for the package: tests and scripts beside the sources take it from there. JavaScript does not go among what a compiler reads.
  const inSources = path.posix.relative(root, at).startsWith('src/') || (!isJavaScript(file) && disk.directoryExists(path.posix.join(root, 'src')));
  return { ...settings, folder: root, runtime: { copyTo: inSources ? `src/${name}` : name } };
}

/**
 * The copy that the settings ask for. Refused, in the rest of a sentence, where it would lie outside of the project's folder once links are
 * followed, where something is already, or where it would be CommonJS without a compiler.
 */
export function runtimeCopy(settings: FixConfiguration, modules: 'esm' | 'cjs'): RuntimeCopy | { readonly refused: string } {
  const { folder, runtime } = settings;
  const target = path.resolve(folder, runtime?.copyTo ?? '');
  if (!/\.[cm]?[jt]s$/.test(target)) return { refused: `${target} is no TypeScript or JavaScript file` };
  if (!liesWithin(target, folder)) return { refused: `${target} lies outside of ${folder}` };
  if (existsSync(target)) return { refused: `${target} is there already` };
  const javascript = isJavaScript(target);
  if (javascript && modules === 'cjs') return { refused: 'the copy is an ES module, which CommonJS JavaScript cannot require: add the dependency instead' };
  return { path: target, text: readShipped(javascript ? 'managed-scope.js' : 'managed-scope.ts') };
}

/** Follows links of whatever part of the path is there. */
function liesWithin(target: string, folder: string): boolean {
  let existing = path.dirname(target);
  while (!existsSync(existing)) existing = path.dirname(existing);
  const real = path.join(realpathSync(existing), path.relative(existing, target));
  const relative = path.relative(realpathSync(folder), real);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
