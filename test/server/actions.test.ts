import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Folder } from '../types/project';
import { CAPABILITIES, Client, uriOf } from './harness/client';
import { makeProject, openProject, type OpenProject } from './harness/project';
import { LEAK } from './harness/sources';

describe('server: code actions', () => {
  let project: OpenProject;
  let folder: Folder;
  let client: Client;
  before(async () => {
    project = await openProject({ files: { 'package.json': '{"type":"module","engines":{"node":">=24"}}' }, packages: ['typescript'] });
    ({ folder, client } = project);
  });
  after(() => project.close());

  let count = 0;
  const openText = async (text: string, over = client): Promise<string> => {
    const uri = uriOf(folder.write(`action${String((count += 1))}.ts`, text));
    await over.open(uri, text);
    return uri;
  };
  /** The actions on the first diagnostic of a document. */
  const offered = async (uri: string, only?: readonly string[], over = client): Promise<CodeAction[]> => {
    const [diagnostic] = await over.diagnostics(uri);
    assert.ok(diagnostic);
    return over.actions(uri, diagnostic.range, [diagnostic], only);
  };
  const resolve = (action: CodeAction | undefined, over = client): Promise<CodeAction> => over.connection.sendRequest<CodeAction>('codeAction/resolve', action);
  const apply = (uri: string, text: string, edit: WorkspaceEdit | undefined): string => {
    const [change] = edit?.documentChanges ?? [];
    const edits = change && 'edits' in change ? change.edits.flatMap((one): TextEdit[] => ('newText' in one ? [one] : [])) : (edit?.changes?.[uri] ?? []);
    assert.ok(edits.length > 0, 'no edit');
    return TextDocument.applyEdits(TextDocument.create(uri, 'typescript', 1, text), edits);
  };

  it('repair a finding: the edit is made when it is chosen, for the version that it was offered for', async () => {
    const uri = await openText(LEAK);
    const actions = await offered(uri, ['quickfix']);
    const [first] = actions;
    assert.equal(first?.kind, 'quickfix');
    assert.equal(first?.edit, undefined);
    assert.equal(actions.filter(({ isPreferred }) => isPreferred).length, 1);
    assert.equal(first?.isPreferred, true);
    assert.equal(first?.diagnostics?.[0]?.code, 'release-not-on-throw');
    const { edit } = await resolve(first);
    const fixed = apply(uri, LEAK, edit);
    assert.match(fixed, /await using handle = await open\(path\);/);
    assert.doesNotMatch(fixed, /handle\.close\(\)/);
    await client.change(uri, fixed);
    assert.deepEqual(await client.found(uri), []);
  });

  it('are refused when the document has changed since', async () => {
    const uri = await openText(LEAK);
    const [first] = await offered(uri, ['quickfix']);
    await client.change(uri, `// above\n${LEAK}`);
    await assert.rejects(resolve(first), (error) => error instanceof Error && 'code' in error && error.code === -32801);
  });

  it('bring the runtime along where the project has none, and say so; never where the editor cannot create files', async () => {
    const text = `import { watch } from 'node:fs';\nexport async function look(work: () => Promise<void>): Promise<void> {\n  const watcher = watch('a');\n  await work();\n  watcher.close();\n}\n`;
    const old = makeProject({ files: { 'package.json': '{"type":"module","engines":{"node":">=20.19"}}' }, packages: ['typescript'] });
    const creating = await Client.start({ folders: [old.path], capabilities: { ...CAPABILITIES, workspace: { ...CAPABILITIES.workspace, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } } });
    const plain = await Client.start({ folders: [old.path] });
    try {
      const uri = uriOf(old.write('src/look.ts', text));
      await creating.open(uri, text);
      const actions = await offered(uri, ['quickfix'], creating);
      const action = actions.find(({ title }) => title.endsWith('(adds src/managed-scope.ts)'));
      assert.ok(action, `offered: ${actions.map(({ title }) => title).join(', ')}`);
      assert.equal(action.isPreferred, undefined);
      const { edit } = await resolve(action, creating);
      const [create, written, change] = edit?.documentChanges ?? [];
      assert.ok(create && 'kind' in create && create.kind === 'create' && create.uri.endsWith('/src/managed-scope.ts'));
      assert.ok(written && 'edits' in written && written.edits.some((one) => 'newText' in one && one.newText.includes('export const AsyncDisposableStack')));
      const fixed = apply(uri, text, { documentChanges: change ? [change] : [] });
      assert.match(fixed, /import \{ AsyncDisposableStack \} from '\.\/managed-scope(?:\.js)?';/);
      const added = await creating.connection.sendRequest('managedScope/addRuntime', { uri });
      assert.deepEqual(added, { edit: { documentChanges: [create, written] }, shown: 'src/managed-scope.ts' });
      await plain.open(uri, text);
      assert.deepEqual(await plain.connection.sendRequest('managedScope/addRuntime', { uri }), { refused: 'this editor cannot create files for a server' });
      assert.deepEqual((await offered(uri, ['quickfix'], plain)).filter(({ title }) => title.includes('adds')), []);
    } finally {
      await creating.stop();
      await plain.stop();
      old.remove();
    }
  });

  it('come with their edits for editors that do not fetch them, without versions where those are not understood', async () => {
    const plain = await Client.start({ folders: [folder.path], capabilities: { ...CAPABILITIES, workspace: { configuration: true }, textDocument: { ...CAPABILITIES.textDocument, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } } } });
    try {
      const uri = await openText(LEAK, plain);
      const [first] = await offered(uri, ['quickfix'], plain);
      assert.ok(first?.edit?.changes?.[uri]);
      assert.match(apply(uri, LEAK, first.edit), /await using handle/);
    } finally {
      await plain.stop();
    }
  });

  it('suppress with a reason', async () => {
    const uri = await openText(LEAK);
    const suppress = (await offered(uri, ['quickfix'])).find(({ title }) => title.startsWith('Suppress'));
    const text = apply(uri, LEAK, (suppress && (await resolve(suppress)))?.edit);
    assert.match(text, /\n {2}\/\/ managed-scope-disable-next-line release-not-on-throw -- .+\n {2}const handle/);
    await client.change(uri, text);
    assert.deepEqual(await client.found(uri), []);
  });

  it('suppress with a reason that is selected, where the editor can fill in snippets', async () => {
    const filling = await Client.start({ folders: [folder.path], capabilities: { ...CAPABILITIES, workspace: { ...CAPABILITIES.workspace, workspaceEdit: { documentChanges: true, snippetEditSupport: true } } } });
    try {
      const uri = await openText(LEAK, filling);
      const suppress = (await offered(uri, ['quickfix'], filling)).find(({ title }) => title.startsWith('Suppress'));
      const edits = (suppress && (await resolve(suppress, filling)))?.edit?.documentChanges;
      const start = { line: 2, character: 0 };
      assert.deepEqual(edits, [
        { textDocument: { uri, version: 1 }, edits: [{ range: { start, end: start }, snippet: { kind: 'snippet', value: '  // managed-scope-disable-next-line release-not-on-throw -- ${1:why this is no leak}$0\n' } }] },
      ]);
    } finally {
      await filling.stop();
    }
  });

  it('repair all of a file that is safe, and leave alone what is suppressed', async () => {
    const functions = Array.from({ length: 3 }, (_, index) => LEAK.replace(/^import.*\n/, '').replace('read(', `read${String(index)}(`));
    const quiet = (functions[2] ?? '').replace('  const handle', '  // managed-scope-disable-next-line release-not-on-throw -- tested\n  const handle');
    const text = `import { open } from 'node:fs/promises';\n${functions.slice(0, 2).join('')}${quiet}`;
    const uri = await openText(text);
    const everywhere = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const [all] = await client.actions(uri, everywhere, [], ['source.fixAll.managedScope']);
    assert.equal(all?.kind, 'source.fixAll.managedScope');
    const fixed = apply(uri, text, (await resolve(all)).edit);
    assert.equal(fixed.match(/await using handle/g)?.length, 2);
    assert.match(fixed, /tested\n {2}const handle = await open/);
    // Editors ask for all kinds when the menu of a squiggle opens.
    assert.ok((await client.actions(uri, everywhere)).every(({ kind }) => kind !== 'source.fixAll.managedScope'));
  });

  it('wrap the resource under the cursor', async () => {
    const uri = await openText(LEAK);
    const cursor = { line: 2, character: 25 };
    const actions = await client.actions(uri, { start: cursor, end: cursor }, [], ['refactor.rewrite.managedScope']);
    assert.ok(actions.length > 0);
    assert.ok(actions.every(({ kind }) => kind === 'refactor.rewrite.managedScope'));
    assert.match(apply(uri, LEAK, (await resolve(actions[0])).edit), /await using handle/);
  });

  it('wrap selected statements, or say why not', async () => {
    const uri = await openText(LEAK);
    const [outside] = await client.actions(uri, { start: { line: 6, character: 1 }, end: { line: 6, character: 1 } }, [], ['refactor.rewrite.managedScope']);
    assert.match(outside?.disabled?.reason ?? '', /no resource under the cursor/);
    const selection = { start: { line: 2, character: 0 }, end: { line: 4, character: 99 } };
    const actions = await client.actions(uri, selection, [], ['refactor.rewrite.managedScope']);
    assert.deepEqual(actions.map(({ title, disabled }) => [title, disabled]), [['Wrap in a scope that releases `handle`: `await using`', undefined], ['Wrap in a scope that releases `handle`: a stack, `await using`', undefined]]);
    const wrapped = (before: string, acquire: string): string => `  let text;\n  {\n${before}    ${acquire};\n    text = await handle.readFile('utf8');\n  }\n`;
    const selected = LEAK.split('\n').slice(2, 5).join('\n').concat('\n');
    const made = await Promise.all(actions.map(async (action) => apply(uri, LEAK, (await resolve(action)).edit)));
    assert.deepEqual(made, [wrapped('', 'await using handle = await open(path)'), wrapped('    await using stack = new AsyncDisposableStack();\n', 'const handle = stack.adopt(await open(path), (h) => h.close())')].map((block) => LEAK.replace(selected, block)));
  });

  it('repair what TypeScript itself says', async () => {
    const text = `import { open } from 'node:fs/promises';\nexport async function size(path: string): Promise<number> {\n  using handle = await open(path);\n  return (await handle.stat()).size;\n}\n`;
    const uri = await openText(text);
    await client.diagnostics(uri);
    const start = text.split('\n')[2]?.indexOf('await open') ?? 0;
    const diagnostic: Diagnostic = { range: { start: { line: 2, character: start }, end: { line: 2, character: start + 'await open(path)'.length } }, message: 'not disposable', code: 2850, source: 'ts' };
    const [first] = await client.actions(uri, diagnostic.range, [diagnostic], ['quickfix']);
    assert.deepEqual(first?.diagnostics, [diagnostic]);
    assert.match(apply(uri, text, (await resolve(first)).edit), /await using handle = await open\(path\);/);
  });

  it('are none where nothing is found', async () => {
    const uri = await openText(LEAK);
    assert.deepEqual(await client.actions(uri, { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } }), []);
  });
});
