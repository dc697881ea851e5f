import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar } from 'vscode-textmate';

interface Manifest {
  readonly contributes: { readonly grammars: readonly { readonly scopeName: string; readonly path: string; readonly injectTo: readonly string[] }[] };
}

const HOST = 'source.ts';

/** As much of a language as the injection needs around it: strings, templates, and the three kinds of comments under the names that VS Code's TypeScript gives them. */
const HOST_GRAMMAR = {
  scopeName: HOST,
  patterns: [
    { name: 'string.quoted.single.ts', begin: "'", end: "'" },
    { name: 'string.template.ts', begin: '`', end: '`' },
    { name: 'comment.block.documentation.ts', begin: '/\\*\\*(?!/)', end: '\\*/', patterns: [{ match: '@[a-z]+(?=\\s)', name: 'storage.type.class.jsdoc' }] },
    { name: 'comment.block.ts', begin: '/\\*', end: '\\*/' },
    { begin: '//', beginCaptures: { 0: { name: 'comment.line.double-slash.ts' } }, end: '(?=$)', contentName: 'comment.line.double-slash.ts' },
  ],
};

async function loadGrammar(): Promise<IGrammar> {
  const { contributes }: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: (scopeName) => {
      if (scopeName === HOST) return Promise.resolve(parseRawGrammar(JSON.stringify(HOST_GRAMMAR), 'host.json'));
      const file = contributes.grammars.find((grammar) => grammar.scopeName === scopeName)?.path;
      return Promise.resolve(file === undefined ? null : parseRawGrammar(readFileSync(file, 'utf8'), file));
    },
    getInjections: (scopeName) => contributes.grammars.filter(({ injectTo }) => injectTo.includes(scopeName)).map((grammar) => grammar.scopeName),
  });
  return (await registry.loadGrammar(HOST)) ?? assert.fail('the host language has no grammar');
}

describe('the grammar of lifecycle tags and suppressions', () => {
  let grammar: IGrammar;
  before(async () => { grammar = await loadGrammar(); });

  /** What is told apart in a text: each token that carries a scope of ours, as `text: last part of the scope`. */
  function tell(text: string): string[] {
    let stack = INITIAL;
    return text.split('\n').flatMap((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
      stack = ruleStack;
      return tokens.flatMap(({ startIndex, endIndex, scopes }) => {
        const kind = scopes.map((scope) => TOLD[scope]).filter((one) => one !== undefined).at(-1);
        const told = line.slice(startIndex, endIndex);
        return kind === undefined || told.trim() === '' ? [] : [`${told.trim()}: ${kind}`];
      });
    });
  }
  const TOLD: Readonly<Record<string, string>> = {
    'keyword.control.directive.managed-scope': 'directive',
    'support.constant.rule.managed-scope': 'rule',
    'punctuation.separator.reason.managed-scope': 'dashes',
    'meta.reason.managed-scope': 'reason',
    'keyword.other.lifecycle.managed-scope': 'tag',
    'variable.other.jsdoc': 'name',
  };

  it('tells the parts of every form of suppression', () => {
    for (const form of ['disable-next-line', 'disable-line', 'disable-file', 'disable', 'enable']) {
      const directive = `managed-scope-${form}: directive`;
      assert.deepEqual(tell(`f(); // managed-scope-${form}`), [directive]);
      assert.deepEqual(tell(`//managed-scope-${form} missing-release`), [directive, 'missing-release: rule']);
      assert.deepEqual(tell(`/* managed-scope-${form} missing-release, raw-factory -- it -- lives on */ f()`), [directive, 'missing-release: rule', 'raw-factory: rule', '--: dashes', 'it -- lives on: reason']);
      assert.deepEqual(tell(`/** managed-scope-${form} */`), [directive]);
    }
  });

  it('ends a suppression with its line or its comment', () => {
    assert.deepEqual(tell('// managed-scope-disable-line a -- b\nmanaged-scope-enable'), ['managed-scope-disable-line: directive', 'a: rule', '--: dashes', 'b: reason']);
    assert.deepEqual(tell("/* managed-scope-disable a */ 'b' // c"), ['managed-scope-disable: directive', 'a: rule']);
    assert.deepEqual(tell('/* managed-scope-disable a\n   the rest of the comment */ f()'), ['managed-scope-disable: directive', 'a: rule']);
  });

  it('leaves alone what is no suppression', () => {
    for (const text of ['// see managed-scope-disable-line', '// managed-scope-disabled', '// managed-scope-disable-next-lines x', 'managed-scope-disable-line', "'// managed-scope-disable-line'", '`/* managed-scope-disable */`', '// managed-scope is a linter']) {
      assert.deepEqual(tell(text), [], text);
    }
  });

  it('tells lifecycle tags in documentation, and the parameter that they name', () => {
    for (const tag of ['acquires', 'releases', 'owns', 'borrows', 'alias']) {
      assert.deepEqual(tell(`/** @${tag} */`), ['@: tag', `${tag}: tag`]);
      assert.deepEqual(tell(`/**\n * @${tag} client\n * @param x\n */`), ['@: tag', `${tag}: tag`, 'client: name']);
      assert.deepEqual(tell(`/** @${tag} client - given back by the caller */`), ['@: tag', `${tag}: tag`, 'client: name']);
      assert.deepEqual(tell(`/** @${tag} the client that it is given */`), ['@: tag', `${tag}: tag`]);
    }
  });

  it('leaves alone what is no lifecycle tag', () => {
    for (const text of ['/** @param owns */', '/** me@owns.example */', '/** @ownsAll x */', '/** @owns.example */', '// @owns x', '/* @owns x */', '@owns', "'/** @owns */'"]) assert.deepEqual(tell(text), [], text);
  });
});
