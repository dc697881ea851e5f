import path from 'node:path';
import ts from 'typescript';
import { newOnes } from '../../harness/newOnes';
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

/** A text, and what was made of it in one way or several. */
export interface Change {
  readonly before: string;
  readonly after: readonly string[];
}

/** The texts against which the compiler has something to say that it did not say, or not as often, against those that they were made of. All are compiled together. */
export function newTypeErrors(extension: string, changes: readonly Change[]): { readonly text: string; readonly errors: readonly string[] }[] {
  const said = compile(changes.flatMap(({ before, after }) => [before, ...after]), extension).map((errors) => errors.map(({ code, message }) => `${String(code)}: ${message}`));
  return changes.flatMap(({ after }) => {
    const [before = [], ...others] = said.splice(0, 1 + after.length);
    return after.flatMap((text, index) => {
      const errors = newOnes(before, others[index] ?? []);
      return errors.length > 0 ? [{ text, errors }] : [];
    });
  });
}
