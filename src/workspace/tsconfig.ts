import path from 'node:path';
import ts from 'typescript';
import { isNetworkPath, toCompilerPath, type FileSystem } from './filesystem';

/** A tsconfig.json or jsconfig.json, read with all that it extends. */
export interface ProjectConfig {
  readonly path: string;
  readonly options: ts.CompilerOptions;
  /** Every file of the project, as the compiler spells paths. */
  readonly files: ReadonlySet<string>;
  /** Configuration files of the projects that it refers to. */
  readonly references: readonly string[];
  /** What is wrong with it, in words. It may be usable all the same. */
  readonly problem?: string;
  /** The problem leaves nothing that can be trusted: broken JSON, extending in a circle. */
  readonly broken: boolean;
}

const CIRCULAR = 18000;
const UNREADABLE: ReadonlySet<number> = new Set([5012, 5083, 6053]);

/** Reads one configuration file. Never throws, executes nothing, and touches no network path. */
export function readProjectConfig(configPath: string, disk: FileSystem): ProjectConfig {
  const refusedBefore = disk.refused.size;
  const text = disk.readFile(configPath);
  if (text === undefined) return brokenConfig(configPath, isNetworkPath(configPath) ? 'it lies on a network path, which is not read' : 'it cannot be read');
  const source = ts.readJsonConfigFile(configPath, () => text);
  const parsed = ts.parseJsonSourceFileConfigFileContent(source, disk, path.posix.dirname(configPath), undefined, configPath);
  // Syntax errors have codes of their own thousand; they may be the file's or those of one that it extends.
  const syntax = [...syntaxErrors(source), ...parsed.errors].find(({ code }) => code >= 1000 && code < 2000);
  const circular = parsed.errors.find(({ code }) => code === CIRCULAR);
  const fatal = syntax ?? circular;
  if (fatal) return brokenConfig(configPath, describe(fatal));
  const refused = [...disk.refused].slice(refusedBefore);
  const unreadable = parsed.errors.find(({ code }) => UNREADABLE.has(code));
  const problem = refused.length > 0 ? `it refers to a network path, which is not read: ${refused.join(', ')}` : unreadable && describe(unreadable);
  return {
    path: configPath,
    options: withoutNetworkPaths(parsed.options),
    files: new Set(parsed.fileNames.map(disk.canonical)),
    references: (parsed.projectReferences ?? []).filter((reference) => !isNetworkPath(reference.path)).map((reference) => ts.resolveProjectReferencePath(reference)),
    ...(problem !== undefined && { problem }),
    broken: false,
  };
}

function brokenConfig(configPath: string, problem: string): ProjectConfig {
  return { path: configPath, options: {}, files: new Set(), references: [], problem, broken: true };
}

function syntaxErrors(source: ts.TsConfigSourceFile): readonly ts.Diagnostic[] {
  return 'parseDiagnostics' in source && Array.isArray(source.parseDiagnostics) ? source.parseDiagnostics : [];
}

function describe({ file, start, messageText }: ts.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (!file || start === undefined) return message;
  const { line, character } = ts.getLineAndCharacterOfPosition(file, start);
  return `${path.posix.basename(file.fileName)}:${String(line + 1)}:${String(character + 1)}: ${message}`;
}

function withoutNetworkPaths(options: ts.CompilerOptions): ts.CompilerOptions {
  const local = { ...options };
  if (options.typeRoots) local.typeRoots = options.typeRoots.filter((root) => !isNetworkPath(root));
  return local;
}

/** The configuration file that a path given by a person means: the file itself, or the one in the folder. */
export function resolveConfigPath(given: string, disk: FileSystem): string {
  const at = toCompilerPath(given);
  return disk.directoryExists(at) ? path.posix.join(at, 'tsconfig.json') : at;
}
