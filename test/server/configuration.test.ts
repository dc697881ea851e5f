import assert from 'node:assert/strict';
import { FileChangeType } from 'vscode-languageserver-protocol/node';
import type { Folder } from '../types/project';
import { uriOf, type Client } from './harness/client';
import { openProject, type OpenProject } from './harness/project';
import { LEAK, SOUND } from './harness/sources';

const OFF = '{ "severities": { "rules": { "release-not-on-throw": "off" } } }\n';

describe('server: configuration', () => {
  let project: OpenProject;
  let folder: Folder;
  let client: Client;
  let settings: unknown = {};
  beforeEach(async () => {
    settings = {};
    project = await openProject({ settings: () => settings });
    ({ folder, client } = project);
  });
  afterEach(() => project.close());

  const openLeak = async (): Promise<string> => {
    const uri = uriOf(folder.write('a.ts', LEAK));
    await client.open(uri, LEAK);
    return uri;
  };

  it('in a file holds, and what it says anew holds at once', async () => {
    const uri = await openLeak();
    assert.equal((await client.found(uri)).length, 1);
    const file = uriOf(folder.write('managed-scope.json', OFF));
    const before = client.refreshes;
    await client.watched({ uri: file, type: FileChangeType.Created });
    await client.until(() => client.refreshes > before);
    assert.deepEqual(await client.found(uri), []);
  });

  it('that breaks is shown at its place, and the last good one stays in force', async () => {
    folder.write('managed-scope.json', OFF);
    const uri = await openLeak();
    assert.deepEqual(await client.found(uri), []);
    const file = uriOf(folder.write('managed-scope.json', '{\n  "severities": { "rules": { "release-not-on-trow": "off" } }\n}\n'));
    await client.watched({ uri: file, type: FileChangeType.Changed });
    await client.until(() => (client.published.get(file)?.length ?? 0) > 0);
    const [problem] = client.published.get(file) ?? [];
    assert.deepEqual(problem?.range.start, { line: 1, character: 29 });
    assert.match(String(problem?.message), /did you mean "release-not-on-throw"/);
    assert.deepEqual(await client.found(uri), []);
    folder.write('managed-scope.json', '{}');
    await client.watched({ uri: file, type: FileChangeType.Changed });
    await client.until(() => client.published.get(file)?.length === 0);
    assert.equal((await client.found(uri)).length, 1);
  });

  it('is checked as it is typed, and holds once it is saved', async () => {
    const uri = await openLeak();
    const file = uriOf(folder.write('managed-scope.json', '{}'));
    await client.open(file, '{}', 'jsonc');
    await client.change(file, '{ "severities": ');
    assert.ok((await client.diagnostics(file)).length > 0);
    await client.change(file, OFF);
    assert.deepEqual(await client.diagnostics(file), []);
    assert.equal((await client.found(uri)).length, 1);
    folder.write('managed-scope.json', OFF);
    await client.save(file);
    await client.until(() => client.refreshes > 0);
    assert.deepEqual(await client.found(uri), []);
  });

  it('of the editor wins entry by entry', async () => {
    folder.write('managed-scope.json', OFF);
    settings = { severities: { rules: { 'release-not-on-throw': 'error' } } };
    const uri = await openLeak();
    assert.equal((await client.diagnostics(uri))[0]?.severity, 1);
    settings = { enable: false };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(await client.found(uri), []);
  });

  it('that says onSave lets what was said stand until then', async () => {
    settings = { run: 'onSave' };
    const uri = await openLeak();
    const first = await client.pull(uri);
    await client.change(uri, SOUND);
    assert.equal((await client.pull(uri, first.kind === 'full' ? first.resultId : undefined)).kind, 'unchanged');
    await client.save(uri);
    await client.until(() => client.refreshes > 0);
    assert.deepEqual(await client.found(uri), []);
  });

  it('names a baseline, which is honoured', async () => {
    folder.write('managed-scope.json', '{ "baseline": "known.json" }');
    folder.write('known.json', JSON.stringify({ version: 1, findings: [{ file: 'a.ts', rule: 'release-not-on-throw', within: 'read', acquire: 'open(path)', count: 1 }] }));
    const uri = await openLeak();
    assert.deepEqual(await client.found(uri), []);
    await client.change(uri, LEAK + LEAK.replace('read(', 'another(').replace(/^import.*\n/, ''));
    assert.deepEqual(await client.found(uri), ['9 release-not-on-throw']);
  });

  it('may be a comment, and one that suppresses nothing is told after a typed run only', async () => {
    const text = LEAK.replace('  const handle', '  // managed-scope-disable-next-line release-not-on-throw -- tested\n  const handle');
    const uri = uriOf(folder.write('a.ts', text));
    await client.open(uri, text);
    assert.deepEqual(await client.found(uri), []);
    const unused = text.replace(LEAK.slice(LEAK.indexOf('  const text')), '  return handle.readFile("utf8").finally(() => handle.close());\n}\n');
    await client.change(uri, unused);
    assert.deepEqual(await client.found(uri), ['3 unused-suppression']);
    settings = { types: false };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(await client.found(uri), []);
  });
});
