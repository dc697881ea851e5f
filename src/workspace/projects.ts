import path from 'node:path';
import ts from 'typescript';
import { toCompilerPath, type FileSystem } from './filesystem';
import { isDeclarationFile, isJavaScript } from './languages';
import { DEFAULT_OPTIONS, normaliseOptions } from './options';
import { readProjectConfig, resolveConfigPath, type ProjectConfig } from './tsconfig';

/** What a file is compiled with. */
export interface Project {
  /** The tsconfig that claims the file, or the nearest whose options were taken; absent for the default options. */
  readonly configPath?: string;
  readonly options: ts.CompilerOptions;
  /** Declaration files that hold for the whole project without being imported. */
  readonly ambient: readonly string[];
  /** Projects of one key give the same types and can share a program. */
  readonly key: string;
}

export interface ProjectProblem {
  readonly file: string;
  readonly message: string;
}

/** A project that was asked for by name and cannot be used. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError';
}

/**
 * Finds the project of a file: from its folder upward the first tsconfig.json that claims it, itself, through its
 * references, or through a `tsconfig.*.json` beside it; a jsconfig.json where there is no tsconfig.json. Upward ends at the repository's root.
 * A file that nobody claims gets the options of the nearest configuration with `allowJs`, or the default ones.
 */
export class ProjectFinder {
  readonly #disk: FileSystem;
  readonly #forced: ProjectConfig | undefined;
  readonly #configs = new Map<string, ProjectConfig>();
  readonly #candidates = new Map<string, readonly string[]>();
  readonly #projects = new Map<string, Project>();

  /** `forced`: a tsconfig (or its folder) that every file belongs to. Throws a ProjectError when it is unusable. */
  constructor(disk: FileSystem, forced?: string) {
    this.#disk = disk;
    if (forced === undefined) return;
    this.#forced = this.#read(resolveConfigPath(forced, disk));
    if (this.#forced.broken) throw new ProjectError(`The project ${forced} cannot be used: ${this.#forced.problem ?? 'unreadable'}`);
  }

  /** What is wrong with the configurations that were read so far. */
  get problems(): readonly ProjectProblem[] {
    return [...this.#configs.values()].flatMap(({ path: file, problem, broken }) =>
      problem === undefined ? [] : [{ file, message: broken ? `${problem}; its files are checked with default options` : problem }],
    );
  }

  projectOf(file: string): Project {
    const at = toCompilerPath(file);
    if (this.#forced) return this.#project(this.#forced, this.#claims(this.#forced, at) ? 'claimed' : 'borrowed', at);
    let nearest: ProjectConfig | undefined;
    for (let folder = path.posix.dirname(at); ; folder = path.posix.dirname(folder)) {
      for (const candidate of this.#candidatesIn(folder)) {
        const config = this.#read(candidate);
        const owner = this.#findOwner(config, at, new Set());
        if (owner) return this.#project(owner, 'claimed', at);
        if (config.broken && !nearest && isMainConfig(candidate)) return this.#project(undefined, 'borrowed', at);
        if (!config.broken && isMainConfig(candidate)) nearest ??= config;
      }
      if (path.posix.dirname(folder) === folder || this.#disk.directoryExists(path.posix.join(folder, '.git')) || this.#disk.fileExists(path.posix.join(folder, '.git'))) break;
    }
    return this.#project(nearest, 'borrowed', at);
  }

  /** Configurations of a folder in the order in which they are asked: the main one first. */
  #candidatesIn(folder: string): readonly string[] {
    let found = this.#candidates.get(folder);
    if (!found) {
      const all = this.#disk.readDirectory(folder, ['.json'], [], ['tsconfig.json', 'tsconfig.*.json', 'jsconfig.json'], 1).map((file) => path.posix.basename(file));
      const main = all.includes('tsconfig.json') ? ['tsconfig.json'] : all.filter((name) => name === 'jsconfig.json');
      found = [...main, ...all.filter((name) => /^tsconfig\..+\.json$/.test(name)).sort()].map((name) => path.posix.join(folder, name));
      this.#candidates.set(folder, found);
    }
    return found;
  }

  #findOwner(config: ProjectConfig, file: string, seen: Set<string>): ProjectConfig | undefined {
    if (seen.has(config.path)) return undefined;
    seen.add(config.path);
    if (this.#claims(config, file)) return config;
    for (const reference of config.references) {
      const owner = this.#findOwner(this.#read(reference), file, seen);
      if (owner) return owner;
    }
    return undefined;
  }

  #claims(config: ProjectConfig, file: string): boolean {
    return config.files.has(this.#disk.canonical(file));
  }

  #read(configPath: string): ProjectConfig {
    let config = this.#configs.get(configPath);
    if (!config) this.#configs.set(configPath, (config = readProjectConfig(configPath, this.#disk)));
    return config;
  }

  #project(config: ProjectConfig | undefined, how: 'claimed' | 'borrowed', file: string): Project {
    const allowJs = isJavaScript(file) || (how === 'claimed' && config?.options.allowJs === true);
    const folder = config ? path.posix.dirname(config.path) : path.posix.dirname(file);
    const cacheKey = `${config?.path ?? `default:${folder}`}:${String(allowJs)}`;
    let project = this.#projects.get(cacheKey);
    if (!project) this.#projects.set(cacheKey, (project = this.#makeProject(config, allowJs, folder)));
    return project;
  }

  #makeProject(config: ProjectConfig | undefined, allowJs: boolean, folder: string): Project {
    const options = normaliseOptions(config?.options ?? DEFAULT_OPTIONS, allowJs);
    options.typeRoots ??= this.#defaultTypeRoots(folder);
    options.types = this.#globalTypePackages(options);
    const ambient = [...(config?.files ?? [])].filter((file) => isDeclarationFile(file) && this.#declaresGlobally(file));
    const { configFilePath, ...shared } = options;
    const key = JSON.stringify([Object.entries(shared).sort(([a], [b]) => (a < b ? -1 : 1)), ambient]);
    return { ...(config && { configPath: config.path }), options: configFilePath === undefined ? { ...shared } : options, ambient, key };
  }

  /** As the compiler finds them, but only those that exist: so that the packages of a monorepo can share a program. */
  #defaultTypeRoots(folder: string): string[] {
    const roots: string[] = [];
    for (let at = folder; ; at = path.posix.dirname(at)) {
      const root = path.posix.join(at, 'node_modules/@types');
      if (this.#disk.directoryExists(root)) roots.push(root);
      if (path.posix.dirname(at) === at) return roots;
    }
  }

  /**
   * What `types` names; of everything that is installed, where it says `*`, only packages with globals: the others are loaded
   * when somebody imports them, and there can be hundreds.
   */
  #globalTypePackages(options: ts.CompilerOptions): string[] {
    const named = options.types ?? [];
    if (!named.includes('*')) return [...named];
    const installed = ts.getAutomaticTypeDirectiveNames(options, this.#disk).filter((name) => {
      const root = options.typeRoots?.find((folder) => this.#disk.directoryExists(path.posix.join(folder, name)));
      return root === undefined || this.#declaresGlobally(path.posix.join(root, name, 'index.d.ts'));
    });
    return [...new Set([...named.filter((name) => name !== '*'), ...installed])].sort();
  }

  /** A declaration file that is a module and adds nothing global is loaded when somebody imports it. */
  #declaresGlobally(file: string): boolean {
    const text = this.#disk.readFile(file);
    return text !== undefined && (/\bdeclare\s+(?:global|module)\b/.test(text) || !/^\s*(?:import|export)\b/m.test(text));
  }
}

function isMainConfig(configPath: string): boolean {
  return /^[jt]sconfig\.json$/.test(path.posix.basename(configPath));
}
