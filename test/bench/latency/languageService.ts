import path from 'node:path';
import ts from 'typescript';
import { FileSystem } from '../../../src/workspace/filesystem';
import { ProjectFinder } from '../../../src/workspace/projects';

/** What TypeScript's own language service takes to say what is wrong in the same file after the same edits: syntax, types, suggestions. */
export class TypeScriptService {
  readonly #file: string;
  readonly #service: ts.LanguageService;
  #text: string;
  #version = 0;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    const { configPath } = new ProjectFinder(new FileSystem()).projectOf(file);
    const config = configPath === undefined ? undefined : ts.parseJsonConfigFileContent(ts.readConfigFile(configPath, ts.sys.readFile).config, ts.sys, path.dirname(configPath));
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => ({ ...config?.options, ignoreDeprecations: '6.0', noEmit: true }),
      getScriptFileNames: () => [...new Set([...(config?.fileNames ?? []), file])],
      getScriptVersion: (name) => (name === file ? String(this.#version) : '0'),
      getScriptSnapshot: (name) => {
        const found = name === file ? this.#text : ts.sys.readFile(name);
        return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
      },
      getCurrentDirectory: () => path.dirname(file),
      getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
    };
    this.#service = ts.createLanguageService(host);
  }

  /** Takes the new text, and gives the milliseconds until everything is said of it. */
  measure(text: string): number {
    this.#text = text;
    this.#version += 1;
    const started = performance.now();
    this.#service.getSyntacticDiagnostics(this.#file);
    this.#service.getSemanticDiagnostics(this.#file);
    this.#service.getSuggestionDiagnostics(this.#file);
    return performance.now() - started;
  }
}
