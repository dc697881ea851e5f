import path from 'node:path';
import ts from 'typescript';

/**
 * `//server/share` and `\\server\share`: reading one reaches over the network, and on Windows hands out the user's credentials.
 * A checked project may name such paths in `extends`, `references`, `typeRoots`, `paths` or an import; none is ever touched.
 */
export function isNetworkPath(file: string): boolean {
  return /^(?:[\\/]{2}|[a-z][a-z0-9+.-]+:\/\/)/i.test(file);
}

/** The disk as a compiler sees it during one run: each answer is asked for once (until it is to be forgotten), network paths do not exist. */
export class FileSystem {
  readonly useCaseSensitiveFileNames = ts.sys.useCaseSensitiveFileNames;
  /** Network paths that were asked for, as they were written. */
  readonly refused = new Set<string>();
  readonly #kinds = new Map<string, 'file' | 'folder' | 'none'>();
  readonly #folders = new Map<string, string[]>();
  readonly #realPaths = new Map<string, string>();
  readonly #overlay: ReadonlyMap<string, string>;

  /** `overlay`: texts that stand in for what the disk has, by canonical path (unsaved documents). It may change between two questions. */
  constructor(overlay: ReadonlyMap<string, string> = new Map()) {
    this.#overlay = overlay;
  }

  readonly fileExists = (file: string): boolean => this.#overlay.has(this.canonical(file)) || this.#kindOf(file) === 'file';

  readonly directoryExists = (folder: string): boolean => this.#kindOf(folder) === 'folder';

  readonly readFile = (file: string): string | undefined => {
    if (this.#refuses(file)) return undefined;
    return this.#overlay.get(this.canonical(file)) ?? ts.sys.readFile(file);
  };

  readonly getDirectories = (folder: string): string[] => {
    if (this.#refuses(folder)) return [];
    let found = this.#folders.get(folder);
    if (!found) this.#folders.set(folder, (found = ts.sys.getDirectories(folder)));
    return found;
  };

  readonly realpath = (file: string): string => {
    if (this.#refuses(file)) return file;
    let found = this.#realPaths.get(file);
    if (found === undefined) this.#realPaths.set(file, (found = ts.sys.realpath?.(file) ?? file));
    return found;
  };

  readonly readDirectory = (folder: string, extensions?: readonly string[], excludes?: readonly string[], includes?: readonly string[], depth?: number): string[] => {
    if (this.#refuses(folder)) return [];
    return ts.sys.readDirectory(folder, extensions, excludes, includes?.filter((glob) => !isNetworkPath(glob)), depth);
  };

  /** Spelled the same for two names of one file on a file system that ignores case. */
  readonly canonical = (file: string): string => (this.useCaseSensitiveFileNames ? file : file.toLowerCase());

  /** Files came, went or moved: what was learnt of the disk counts no more. */
  forget(): void {
    this.#kinds.clear();
    this.#folders.clear();
    this.#realPaths.clear();
  }

  #refuses(file: string): boolean {
    if (!isNetworkPath(file)) return false;
    this.refused.add(file);
    return true;
  }

  #kindOf(at: string): 'file' | 'folder' | 'none' {
    if (this.#refuses(at)) return 'none';
    let kind = this.#kinds.get(at);
    if (!kind) {
      // A file in a folder that is not there needs no look: module resolution asks for dozens of such.
      const parent = path.posix.dirname(at);
      if (parent !== at && this.#kinds.get(parent) === 'none') kind = 'none';
      else if (ts.sys.fileExists(at)) kind = 'file';
      else kind = ts.sys.directoryExists(at) ? 'folder' : 'none';
      this.#kinds.set(at, kind);
    }
    return kind;
  }
}

/** An absolute path as the compiler spells it, with `/`. */
export function toCompilerPath(file: string): string {
  return path.resolve(file).replaceAll('\\', '/');
}

/** One spelling for all names of one path, as keys of tables. */
export function canonicalPath(file: string): string {
  const at = toCompilerPath(file);
  return ts.sys.useCaseSensitiveFileNames ? at : at.toLowerCase();
}
