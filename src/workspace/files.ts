import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import { readIgnoreFile, type IgnoreFile } from './gitignore';
import { isDeclarationFile, isSourcePath } from './languages';
import { explainFileError } from './read';

export interface FindOptions {
  /** What relative paths and the globs below are relative to. Default: the working directory. */
  readonly cwd?: string;
  /** When given, only files that one of these globs matches. Files named themselves are taken all the same. */
  readonly include?: readonly string[];
  /** Files that one of these globs matches are left out, named themselves or not. */
  readonly exclude?: readonly string[];
}

export interface FoundFiles {
  /** Absolute paths, sorted, each once. */
  readonly files: readonly string[];
  /** What was asked for and cannot be had: a path that does not exist, a glob that matches nothing. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  /** Absolute paths that were met, and are not looked into. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/** Never entered, wherever they are. */
const FOREIGN_FOLDERS: ReadonlySet<string> = new Set(['node_modules', 'bower_components', 'jspm_packages', '.git', '.hg', '.svn', '.yarn', '.pnpm-store']);
/** Results of builds where they lie beside a package.json and have no tsconfig.json of their own; `src/build` is code. */
const OUTPUT_FOLDERS: ReadonlySet<string> = new Set(['dist', 'build', 'out', 'coverage']);

/**
 * The source files that are meant by `paths`: files, folders and globs, absolute or relative to `cwd`.
 *
 * A folder is searched for `.ts .tsx .mts .cts .js .jsx .mjs .cjs` without declaration files. What its `.gitignore` files (and those above,
 * up to the repository's root) leave out is left out, so are FOREIGN_FOLDERS and OUTPUT_FOLDERS. Folders that are symbolic
 * links are not followed, which ends every loop; linked files are. A path that is named itself is taken whatever ignores it.
 */
export function findFiles(paths: readonly string[], options: FindOptions = {}): FoundFiles {
  return new FileSearch(options).find(paths);
}

/** Why a search from above would not come upon the file, although it is source code: foreign, built, or ignored. `undefined` when it would. */
export function tellLeftOut(file: string): string | undefined {
  const folders: string[] = [];
  for (let at = path.dirname(file); path.dirname(at) !== at; at = path.dirname(at)) folders.unshift(at);
  const foreign = folders.map((folder) => path.basename(folder)).find((name) => FOREIGN_FOLDERS.has(name));
  if (foreign !== undefined) return `in ${foreign}`;
  if (folders.some((folder) => OUTPUT_FOLDERS.has(path.basename(folder)) && existsSync(path.join(path.dirname(folder), 'package.json')) && isOutputFolder(folder))) return 'the result of a build';
  const root = folders.findLastIndex((folder) => existsSync(path.join(folder, '.git')));
  if (root === -1) return undefined;
  const ignoreFiles: IgnoreFile[] = [];
  for (const [index, folder] of folders.slice(root).entries()) {
    if (index > 0 && isIgnored(folder, true, ignoreFiles)) return 'ignored by git';
    const own = readIgnoreFile(folder);
    if (own) ignoreFiles.push(own);
  }
  return isIgnored(file, false, ignoreFiles) ? 'ignored by git' : undefined;
}

class FileSearch {
  readonly #cwd: string;
  readonly #included: (file: string) => boolean;
  readonly #excluded: (file: string) => boolean;
  readonly #files = new Set<string>();
  readonly #errors: { path: string; message: string }[] = [];
  readonly #skipped = new Map<string, string>();

  constructor(options: FindOptions) {
    this.#cwd = path.resolve(options.cwd ?? '.');
    this.#included = options.include ? this.#matcher(options.include) : () => true;
    this.#excluded = this.#matcher(options.exclude ?? []);
  }

  find(paths: readonly string[]): FoundFiles {
    for (const asked of paths) this.#findOne(asked);
    return {
      files: [...this.#files].sort(),
      errors: this.#errors,
      skipped: [...this.#skipped].map(([file, reason]) => ({ file, reason })),
    };
  }

  #findOne(asked: string): void {
    const absolute = path.resolve(this.#cwd, asked);
    try {
      const stat = statSync(absolute);
      if (stat.isDirectory()) this.#walk(absolute, ignoreFilesAbove(absolute), () => true);
      else if (!isSourcePath(absolute)) this.#skipped.set(absolute, isDeclarationFile(absolute) ? 'a declaration file' : 'not TypeScript or JavaScript');
      else if (!this.#excluded(absolute)) this.#files.add(absolute);
      return;
    } catch (error) {
      // A name with brackets may be a glob and a file: the file was tried first.
      if (!picomatch.scan(asked).isGlob) {
        this.#errors.push({ path: asked, message: explainFileError(error) });
        return;
      }
    }
    this.#findGlob(asked);
  }

  #findGlob(glob: string): void {
    const { base } = picomatch.scan(toSlashes(glob));
    const folder = path.resolve(this.#cwd, base);
    const matches = this.#matcher([glob]);
    let met = false;
    if (existsSync(folder)) {
      this.#walk(folder, ignoreFilesAbove(folder), (file) => {
        const wanted = matches(file);
        met ||= wanted;
        return wanted;
      });
    }
    if (!met) this.#errors.push({ path: glob, message: 'no file matches it' });
  }

  #walk(folder: string, above: readonly IgnoreFile[], wanted: (file: string) => boolean): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.#skipped.set(folder, explainFileError(error));
      return;
    }
    const own = entries.some((entry) => entry.name === '.gitignore') ? readIgnoreFile(folder) : undefined;
    const ignoreFiles = own ? [...above, own] : above;
    const inPackage = entries.some((entry) => entry.name === 'package.json');
    for (const entry of entries) {
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (FOREIGN_FOLDERS.has(entry.name) || (inPackage && isOutputFolder(at)) || isIgnored(at, true, ignoreFiles)) continue;
        this.#walk(at, ignoreFiles, wanted);
      } else if (isSourcePath(entry.name) && (entry.isFile() || linksToFile(entry, at))) {
        if (!isIgnored(at, false, ignoreFiles) && wanted(at) && this.#included(at) && !this.#excluded(at)) this.#files.add(at);
      }
    }
  }

  #matcher(globs: readonly string[]): (file: string) => boolean {
    const absolute = globs.map((glob) => (path.isAbsolute(glob) ? toSlashes(glob) : `${escapeGlob(toSlashes(this.#cwd))}/${toSlashes(glob).replace(/^\.\//, '')}`));
    const matches = absolute.length > 0 ? picomatch(absolute, { dot: true }) : () => false;
    return (file) => matches(toSlashes(file));
  }
}

function isOutputFolder(folder: string): boolean {
  return OUTPUT_FOLDERS.has(path.basename(folder)) && !existsSync(path.join(folder, 'tsconfig.json'));
}

/** The `.gitignore` files that hold for a folder, from the repository's root down. None when they ignore the folder itself: it was named. */
function ignoreFilesAbove(folder: string): IgnoreFile[] {
  const found: IgnoreFile[] = [];
  for (let at = folder; ; at = path.dirname(at)) {
    const file = at === folder ? undefined : readIgnoreFile(at);
    if (file) found.unshift(file);
    if (existsSync(path.join(at, '.git'))) break;
    // Without a repository around it, nothing above speaks for the folder.
    if (path.dirname(at) === at) return [];
  }
  return isIgnored(folder, true, found) ? [] : found;
}

/** The innermost file that says something decides. */
function isIgnored(at: string, isFolder: boolean, ignoreFiles: readonly IgnoreFile[]): boolean {
  for (const ignoreFile of ignoreFiles.toReversed()) {
    const verdict = ignoreFile(at, isFolder);
    if (verdict) return verdict === 'ignored';
  }
  return false;
}

function linksToFile(entry: Dirent, at: string): boolean {
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(at).isFile();
  } catch {
    return false;
  }
}

function toSlashes(file: string): string {
  return path.sep === '\\' ? file.replaceAll('\\', '/') : file;
}

function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]{}()!+@|]/g, '\\$&');
}
