import assert from 'node:assert/strict';
import { ESLint } from 'eslint';

/** Imports that no layer below the shells may hide from the rule on imports, which sees declarations only. */
const HIDDEN_IMPORTS = ['ImportExpression', 'TSImportType', 'TSImportEqualsDeclaration', 'CallExpression[callee.name="require"]'];

const PURE_LAYERS = ['engine', 'types', 'configuration', 'workspace'].map((layer) => `src/${layer}/**/*.ts`);

/** What each layer may not import: a file of it, and a declaration that must be reported. */
const FORBIDDEN: readonly (readonly [file: string, declaration: string])[] = [
  ['src/engine/flow/probe.ts', "import ts from 'typescript';"],
  ['src/engine/flow/probe.ts', "import type { Node } from 'typescript';"],
  ['src/engine/flow/probe.ts', "import { readFileSync } from 'node:fs';"],
  ['src/engine/flow/probe.ts', "import * as vscode from 'vscode';"],
  ['src/engine/probe.ts', "import { parseSource } from '../workspace/parse';"],
  ['src/engine/probe.ts', "import { createAnswerer } from '../types/answer';"],
  ['src/engine/rules/probe.ts', "export { settings } from '../../configuration/settings';"],
  ['src/types/probe.ts', "import * as vscode from 'vscode';"],
  ['src/types/probe.ts', "import { parseSource } from '../workspace/parse';"],
  ['src/configuration/probe.ts', "import { readFileSync } from 'node:fs';"],
  ['src/configuration/probe.ts', "import ts from 'typescript';"],
  ['src/configuration/probe.ts', "import { createAnswerer } from '../types/answer';"],
  ['src/workspace/probe.ts', "import { check } from '../cli/check';"],
  ['src/workspace/probe.ts', "import * as vscode from 'vscode';"],
  ['src/eslint/probe.ts', "import { createSession } from '../workspace/session';"],
  ['src/eslint/probe.ts', "import ts from 'typescript';"],
  ['src/cli/probe.ts', "import { listen } from '../server/listen';"],
  ['src/server/probe.ts', "import { check } from '../cli/check';"],
  ['src/extension/probe.ts', "import { analyse } from '../engine/analyse';"],
  ['src/runtime/probe.ts', "import { readFileSync } from 'node:fs';"],
  ['src/runtime/probe.ts', "import { analyse } from '../engine/analyse';"],
];

/** Arrows that point the right way. */
const ALLOWED: readonly (readonly [file: string, declaration: string])[] = [
  ['src/engine/flow/probe.ts', "export { AST_NODE_TYPES } from '@typescript-eslint/types';"],
  ['src/engine/rules/probe.ts', "export type { Tier } from '../findings';"],
  ['src/types/probe.ts', "export type { Query } from '../engine/facts';"],
  ['src/configuration/probe.ts', "export type { Finding } from '../engine/findings';"],
  ['src/workspace/probe.ts', "export { createAnswerer } from '../types/answer';"],
  ['src/cli/probe.ts', "export { createSession } from '../workspace/session';"],
];

function describeMessages(results: readonly ESLint.LintResult[]): string[] {
  return results.flatMap(({ filePath, messages }) => messages.map(({ line, ruleId, message }) => `${filePath}:${String(line)} ${String(ruleId)}: ${message}`));
}

describe('the lint rules', function () {
  // Every file is parsed once: slow on a busy machine.
  this.timeout(180_000);
  const eslint = new ESLint({
    overrideConfig: [{ files: PURE_LAYERS, rules: { 'no-restricted-syntax': ['error', ...HIDDEN_IMPORTS.map((selector) => ({ selector, message: 'the layers are told apart by import declarations' }))] } }],
  });
  const lint = async (text: string, filePath: string): Promise<string[]> => {
    const results = await eslint.lintText(`${text}\n`, { filePath });
    return results.flatMap(({ messages }) => messages.map(({ ruleId }) => String(ruleId)));
  };

  it('hold for all sources and tests', async () => {
    const results = await eslint.lintFiles(['src', 'test']);
    assert.ok(results.length > 100, `only ${String(results.length)} files were linted`);
    assert.deepEqual(describeMessages(results), []);
  });

  for (const [file, declaration] of FORBIDDEN) {
    it(`report in ${file}: ${declaration}`, async () => {
      assert.ok((await lint(declaration, file)).includes('no-restricted-imports'));
    });
  }

  for (const [file, declaration] of ALLOWED) {
    it(`allow in ${file}: ${declaration}`, async () => {
      assert.deepEqual(await lint(declaration, file), []);
    });
  }

  it('report imports that hide', async () => {
    for (const hidden of ["export const ts = import('typescript');", "export type Node = import('typescript').Node;", "export const ts: unknown = require('typescript');", "import ts = require('typescript');\nexport { ts };"]) {
      assert.ok((await lint(hidden, 'src/engine/probe.ts')).includes('no-restricted-syntax'), hidden);
    }
  });

  it('report code that quiets the compiler', async () => {
    assert.ok((await lint('export const x: any = 1;', 'src/cli/probe.ts')).includes('@typescript-eslint/no-explicit-any'));
    assert.ok((await lint('export const f = (x?: string): string => x!;', 'test/cli/probe.ts')).includes('@typescript-eslint/no-non-null-assertion'));
  });
});
