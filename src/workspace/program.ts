import path from 'node:path';
import ts from 'typescript';
import type { FileSystem } from './filesystem';
import { isDeclarationFile, isJavaScript, scriptKindOf } from './languages';
import type { ParsedFile } from './parse';
import type { Project } from './projects';

const LIBRARY_FOLDER = path.dirname(ts.getDefaultLibFilePath({})).replaceAll('\\', '/');

/** Declaration files, parsed and bound once for the programs of a run that follow each other: neither depends on a project's options. */
export class DeclarationCache {
  readonly #trees = new Map<string, ts.SourceFile>();
  readonly #disk: FileSystem;

  constructor(disk: FileSystem) {
    this.#disk = disk;
  }

  get(file: string, options: ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const key = `${String(options.impliedNodeFormat ?? 0)}:${file}`;
    let tree = this.#trees.get(key);
    if (!tree) {
      const text = this.#disk.readFile(file);
      if (text === undefined) return undefined;
      tree = ts.createSourceFile(file, text, { ...options, languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }, false, ts.ScriptKind.TS);
      this.#trees.set(key, tree);
    }
    return tree;
  }

  /** A declaration file changed. */
  forget(file: string): void {
    for (const key of this.#trees.keys()) if (key.endsWith(`:${file}`)) this.#trees.delete(key);
  }

  clear(): void {
    this.#trees.clear();
  }

  /** Lets go what this program does not use: in a large repository every project has libraries of its own. */
  keepThoseOf(program: ts.Program): void {
    const used = new Set(program.getSourceFiles());
    for (const [key, tree] of this.#trees) {
      if (!used.has(tree) && !tree.hasNoDefaultLib) this.#trees.delete(key);
    }
  }
}

/**
 * Programs over files of one project, one after the other. Their roots are the files at hand and the project's ambient declarations, not
 * every file of the tsconfig: memory follows what is looked at. Trees that were parsed before are used as they are; a
 * program takes over what the one before it has read and resolved, and starts with no types.
 */
export class ProjectPrograms {
  readonly #project: Project;
  readonly #disk: FileSystem;
  readonly #declarations: DeclarationCache;
  readonly #trees = new Map<string, ts.SourceFile>();
  readonly #host: ts.CompilerHost;
  #last: ts.Program | undefined;

  constructor(project: Project, disk: FileSystem, declarations: DeclarationCache) {
    this.#project = project;
    this.#disk = disk;
    this.#declarations = declarations;
    this.#host = createProjectHost(project, disk, {
      has: (file) => this.#trees.has(disk.canonical(file)),
      get: (file, treeOptions) => this.#getTree(file, treeOptions),
    });
  }

  /** A program with `files` as roots, and a checker of its own. The checkers of earlier ones can go. */
  create(files: readonly ParsedFile[]): ts.Program {
    for (const { sourceFile } of files) this.#trees.set(this.#disk.canonical(sourceFile.fileName), sourceFile);
    const rootNames = [...files.map(({ sourceFile }) => sourceFile.fileName), ...this.#project.ambient];
    const program = ts.createProgram({ rootNames, options: this.#project.options, host: this.#host, ...(this.#last && { oldProgram: this.#last }) });
    this.#last = program;
    this.#declarations.keepThoseOf(program);
    // Binds; what crashes does so here.
    program.getTypeChecker();
    return program;
  }

  #getTree(file: string, options: ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const key = this.#disk.canonical(file);
    const tree = this.#trees.get(key);
    if (tree) return adoptTree(tree, options);
    if (isDeclarationFile(file)) return this.#declarations.get(file, options);
    const imported = parseImported(file, options, this.#disk);
    if (imported) this.#trees.set(key, imported);
    return imported;
  }
}

/** Where a program's trees come from. */
export interface Trees {
  /** There is one, whatever the disk says. */
  readonly has: (file: string) => boolean;
  readonly get: (file: string, options: ts.CreateSourceFileOptions) => ts.SourceFile | undefined;
}

/** What a program of the project sees of the world. */
export function createProjectHost({ configPath }: Project, disk: FileSystem, trees: Trees): ts.CompilerHost {
  return {
    fileExists: (file) => trees.has(file) || disk.fileExists(file),
    readFile: disk.readFile,
    directoryExists: disk.directoryExists,
    getDirectories: disk.getDirectories,
    realpath: disk.realpath,
    readDirectory: disk.readDirectory,
    getCurrentDirectory: () => (configPath === undefined ? process.cwd().replaceAll('\\', '/') : path.posix.dirname(configPath)),
    getCanonicalFileName: disk.canonical,
    useCaseSensitiveFileNames: () => disk.useCaseSensitiveFileNames,
    getNewLine: () => '\n',
    getDefaultLibLocation: () => LIBRARY_FOLDER,
    getDefaultLibFileName: (options) => `${LIBRARY_FOLDER}/${ts.getDefaultLibFileName(options)}`,
    writeFile: () => undefined,
    getSourceFile: (file, version) => trees.get(file, typeof version === 'object' ? version : { languageVersion: version }),
  };
}

/** One program, where no other of the project will follow. */
export function createProjectProgram(project: Project, files: readonly ParsedFile[], disk: FileSystem, declarations: DeclarationCache): ts.Program {
  return new ProjectPrograms(project, disk, declarations).create(files);
}

/** Sets on a tree that was parsed before its project was known what the project decides of it. */
export function adoptTree(tree: ts.SourceFile, options: ts.CreateSourceFileOptions): ts.SourceFile {
  tree.impliedNodeFormat = options.impliedNodeFormat;
  options.setExternalModuleIndicator?.(tree);
  return tree;
}

/** Parses a file that another one imports. */
export function parseImported(file: string, options: ts.CreateSourceFileOptions, disk: FileSystem): ts.SourceFile | undefined {
  const text = disk.readFile(file);
  if (text === undefined) return undefined;
  const jsDocParsingMode = isJavaScript(file) ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone;
  // JSON modules have no script kind of ours.
  return ts.createSourceFile(file, text, { ...options, jsDocParsingMode }, false, file.endsWith('.json') ? ts.ScriptKind.JSON : scriptKindOf(file));
}
