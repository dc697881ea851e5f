import assert from 'node:assert/strict';
import path from 'node:path';
import ts from 'typescript';

/** A tsconfig.json as the compiler understands it. Fails on a faulty one. */
function readProject(file: string): ts.ParsedCommandLine {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => { assert.fail(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')); },
  };
  return ts.getParsedCommandLineOfConfigFile(file, {}, host) ?? assert.fail(`${file} cannot be read`);
}

function describeDiagnostics(diagnostics: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(diagnostics, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => process.cwd(), getNewLine: () => '\n' });
}

/** All that the compiler has to say of a project. `extra`: a file that is added to it, with its text. */
function check(project: ts.ParsedCommandLine, extra?: { readonly file: string; readonly text: string }): readonly ts.Diagnostic[] {
  const host = ts.createCompilerHost(project.options);
  if (extra) {
    const { getSourceFile, fileExists } = host;
    const isExtra = (file: string): boolean => path.resolve(file) === path.resolve(extra.file);
    host.fileExists = (file) => isExtra(file) || fileExists(file);
    host.getSourceFile = (file, options) => (isExtra(file) ? ts.createSourceFile(file, extra.text, options) : getSourceFile(file, options));
  }
  const program = ts.createProgram({ rootNames: extra ? [extra.file] : project.fileNames, options: project.options, host });
  return [...project.errors, ...(extra ? program.getSemanticDiagnostics(program.getSourceFile(extra.file)) : ts.getPreEmitDiagnostics(program))];
}

describe('the types', function () {
  // Everything is compiled once: slow on a busy machine.
  this.timeout(180_000);
  const project = readProject('tsconfig.json');

  it('fit in all sources and tests', () => {
    const holds = (part: string): boolean => project.fileNames.some((file) => file.includes(part));
    assert.ok(holds('/src/engine/') && holds('/src/cli/') && holds('/test/structure/'), 'the project leaves code out');
    const said = describeDiagnostics(check(project));
    assert.equal(said, '', `\n${said}`);
  });

  it('are strict', () => {
    const text = [
      "import { RULE_IDS } from './rules/registry';",
      'export const first: string = RULE_IDS[0];',
      'export const given: { name?: string } = { name: undefined };',
      'export function f(x) { return x; }',
    ].join('\n');
    const lines = check(project, { file: 'src/engine/probe.ts', text }).map(({ file, start }) => (file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0));
    assert.deepEqual(lines, [2, 3, 4]);
  });
});
