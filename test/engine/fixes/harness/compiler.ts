import path from 'node:path';
import ts from 'typescript';
import { FIX_FIXTURES } from './fixture';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
  types: ['node'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowJs: true,
  esModuleInterop: true,
  paths: { 'managed-scope': [path.resolve('src/runtime/index.ts')] },
};

const trees = new Map<string, ts.SourceFile | undefined>();

/** An error of the compiler, by its place in the text. */
export interface CompilerError {
  readonly code: number;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What the compiler says against each of several texts, which lie beside the fixtures. `extension`: with its dot. */
export function compile(texts: readonly string[], extension: string): readonly (readonly CompilerError[])[] {
  const files = new Map(texts.map((text, index) => [path.resolve(FIX_FIXTURES, `case-${String(index)}${extension}`).replaceAll('\\', '/'), text]));
  const host = ts.createCompilerHost(OPTIONS);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version, onError, anew) => {
    const text = files.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, version, true);
    if (!trees.has(file)) trees.set(file, read(file, version, onError, anew));
    return trees.get(file);
  };
  const exists = host.fileExists.bind(host);
  host.fileExists = (file) => files.has(file) || exists(file);
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return [...files.keys()].map((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ code, messageText, start, length }) => ({
      code,
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
      start: start ?? 0,
      end: (start ?? 0) + (length ?? 0),
    }));
  });
}
