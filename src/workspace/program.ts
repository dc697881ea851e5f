import path from 'node:path';
import ts from 'typescript';
import type { FileSystem } from './filesystem';
import { isDeclarationFile, isJavaScript, scriptKindOf } from './languages';
import type { ParsedFile } from './parse';
import type { Project } from './projects';

const LIBRARY_FOLDER = path.dirname(ts.getDefaultLibFilePath({})).replaceAll('\\', '/');

/** Declaration files of libraries, parsed and bound once for all programs of a run: neither depends on a project's options. */
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
}

/**
 * A program over some files of a project. Its roots are these files and the project's ambient declarations, not every file of the tsconfig:
 * memory follows what is looked at. The trees of `files` are used as they are; nothing is parsed twice.
 */
export function createProjectProgram(project: Project, files: readonly ParsedFile[], disk: FileSystem, declarations: DeclarationCache): ts.Program {
  const given = new Map(files.map((file) => [disk.canonical(compilerName(file)), file.sourceFile]));
  const host: ts.CompilerHost = {
    fileExists: (file) => given.has(disk.canonical(file)) || disk.fileExists(file),
    readFile: disk.readFile,
    directoryExists: disk.directoryExists,
    getDirectories: disk.getDirectories,
    realpath: disk.realpath,
    readDirectory: disk.readDirectory,
    getCurrentDirectory: () => (project.configPath === undefined ? process.cwd().replaceAll('\\', '/') : path.posix.dirname(project.configPath)),
    getCanonicalFileName: disk.canonical,
    useCaseSensitiveFileNames: () => disk.useCaseSensitiveFileNames,
    getNewLine: () => '\n',
    getDefaultLibLocation: () => LIBRARY_FOLDER,
    getDefaultLibFileName: (options) => `${LIBRARY_FOLDER}/${ts.getDefaultLibFileName(options)}`,
    writeFile: () => undefined,
    getSourceFile: (file, version) => {
      const options = typeof version === 'object' ? version : { languageVersion: version };
      const tree = given.get(disk.canonical(file));
      if (tree) return adoptTree(tree, options);
      return isDeclarationFile(file) ? declarations.get(file, options) : parseImported(file, options, disk);
    },
  };
  return ts.createProgram({ rootNames: [...files.map(compilerName), ...project.ambient], options: project.options, host });
}

function compilerName(file: ParsedFile): string {
  return file.sourceFile.fileName;
}

/** Sets on a tree that was parsed before its project was known what the project decides of it. */
function adoptTree(tree: ts.SourceFile, options: ts.CreateSourceFileOptions): ts.SourceFile {
  tree.impliedNodeFormat = options.impliedNodeFormat;
  options.setExternalModuleIndicator?.(tree);
  return tree;
}

function parseImported(file: string, options: ts.CreateSourceFileOptions, disk: FileSystem): ts.SourceFile | undefined {
  const text = disk.readFile(file);
  if (text === undefined) return undefined;
  const jsDocParsingMode = isJavaScript(file) ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone;
  // JSON modules have no script kind of ours.
  return ts.createSourceFile(file, text, { ...options, jsDocParsingMode }, false, file.endsWith('.json') ? ts.ScriptKind.JSON : scriptKindOf(file));
}
