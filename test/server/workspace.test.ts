import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { CancellationTokenSource, DiagnosticSeverity, FileChangeType, ProgressType, WorkDoneProgress, type Diagnostic } from 'vscode-languageserver-protocol/node';
import { makeFolder, type Folder } from '../types/project';
import { Client, placesOf, uriOf } from './harness/client';
import { openProject, type OpenProject } from './harness/project';
import { LEAK, SOUND, TSCONFIG } from './harness/sources';

interface Summary {
  readonly files: number;
  readonly analysed: number;
  readonly findings: number;
}

describe('server: a check of the workspace', () => {
  let project: OpenProject;
  let folder: Folder;
  let client: Client;
  beforeEach(async () => {
    project = await openProject({ files: { 'src/a.ts': LEAK, 'src/b.ts': SOUND, 'src/c.ts': 'export const c = 1;\n', 'node_modules/x/index.ts': LEAK } });
    ({ folder, client } = project);
  });
  afterEach(() => project.close());

  const check = (params: object = {}) => client.connection.sendRequest<Summary>('managedScope/checkWorkspace', params);
  const shown = (file: string) => placesOf(client.published.get(uriOf(folder.at(file))) ?? []);

  it('publishes what is found in closed files', async () => {
    const { files, analysed, findings } = await check();
    assert.deepEqual({ files, analysed, findings }, { files: 3, analysed: 2, findings: 1 });
    assert.deepEqual(shown('src/a.ts'), ['3 release-not-on-throw']);
    assert.deepEqual([...client.published.keys()], [uriOf(folder.at('src/a.ts'))]);
    assert.equal(client.statuses.at(-1)?.findings, 1);
  });

  it('says of a file what the editor says of it once it is open, hints on style too', async () => {
    const text = `import { open } from 'node:fs/promises';\nexport async function sizeOf(path: string): Promise<number> {\n  const handle = await open(path);\n  try {\n    return (await handle.stat()).size;\n  } finally {\n    await handle.close();\n  }\n}\n`;
    const uri = uriOf(folder.write('src/style.ts', text));
    await check();
    const [hint, ...others] = client.published.get(uri) ?? [];
    assert.deepEqual([hint?.code, hint?.severity, others], ['prefer-using', DiagnosticSeverity.Hint, []]);
    await client.open(uri, text);
    assert.deepEqual(await client.diagnostics(uri), [hint]);
  });

  it('leaves open documents to the pull, and takes back what it showed of one that is opened', async () => {
    const uri = uriOf(folder.at('src/a.ts'));
    await check();
    await client.open(uri, LEAK);
    assert.equal((await client.found(uri)).length, 1);
    assert.deepEqual(shown('src/a.ts'), []);
    await check();
    assert.deepEqual(shown('src/a.ts'), []);
  });

  it('stays true when files change, go and move', async () => {
    await check();
    folder.write('src/a.ts', SOUND);
    await client.watched({ uri: uriOf(folder.at('src/a.ts')), type: FileChangeType.Changed });
    await client.until(() => shown('src/a.ts').length === 0);
    folder.write('src/a.ts', LEAK);
    await check();
    assert.equal(shown('src/a.ts').length, 1);
    renameSync(folder.at('src'), folder.at('lib'));
    await client.connection.sendNotification('workspace/didRenameFiles', { files: [{ oldUri: uriOf(folder.at('src')), newUri: uriOf(folder.at('lib')) }] });
    await client.until(() => shown('src/a.ts').length === 0);
    await check();
    assert.equal(shown('lib/a.ts').length, 1);
    rmSync(folder.at('lib/a.ts'));
    await client.watched({ uri: uriOf(folder.at('lib/a.ts')), type: FileChangeType.Deleted });
    await client.until(() => shown('lib/a.ts').length === 0);
  });

  it('tells how far it is, and sends partial results to whoever wants them', async () => {
    const told: string[] = [];
    const items: { uri: string; diagnostics: Diagnostic[] }[] = [];
    client.connection.onProgress(WorkDoneProgress.type, 'work', (progress) => { told.push(progress.kind); });
    client.connection.onProgress(new ProgressType<{ items: typeof items }>(), 'partial', (partial) => { items.push(...partial.items); });
    await check({ workDoneToken: 'work', partialResultToken: 'partial' });
    assert.equal(told[0], 'begin');
    assert.equal(told.at(-1), 'end');
    assert.ok(told.includes('report'));
    assert.deepEqual(items.map(({ uri, diagnostics }) => [uri, placesOf(diagnostics)]), [[uriOf(folder.at('src/a.ts')), ['3 release-not-on-throw']]]);
    assert.deepEqual([...client.published.keys()], []);
  });

  it('ends when it is cancelled, and the server goes on', async () => {
    for (let index = 0; index < 400; index++) folder.write(`src/many/a${String(index)}.ts`, LEAK);
    const source = new CancellationTokenSource();
    const reached = new Promise<void>((resolve) => {
      client.connection.onProgress(WorkDoneProgress.type, 'work', ({ kind }) => {
        if (kind === 'report') resolve();
      });
    });
    const running = client.connection.sendRequest('managedScope/checkWorkspace', { workDoneToken: 'work' }, source.token).then(
      () => 'answered',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );
    await reached;
    source.cancel();
    assert.equal(await running, -32800);
    assert.ok(client.published.size < 401);
    const uri = uriOf(folder.write('after.ts', LEAK));
    await client.open(uri, LEAK);
    assert.equal((await client.found(uri)).length, 1);
  });

  it('is a command too', async () => {
    await client.connection.sendRequest('workspace/executeCommand', { command: 'managedScope.server.checkWorkspace' });
    assert.deepEqual(shown('src/a.ts'), ['3 release-not-on-throw']);
  });

  it('covers every folder, each with its own settings', async () => {
    const second = makeFolder({ '.git/HEAD': '', 'tsconfig.json': TSCONFIG, 'a.ts': LEAK });
    const third = makeFolder({ '.git/HEAD': '', 'tsconfig.json': TSCONFIG, 'a.ts': LEAK });
    const settings = (uri: string) => (uri.startsWith(uriOf(second.path)) ? { severities: { tiers: { definite: 'error' } } } : uri.startsWith(uriOf(third.path)) ? { enable: false } : {});
    const several = await Client.start({ folders: [folder.path, second.path, third.path], settings });
    try {
      await several.connection.sendRequest('managedScope/checkWorkspace', {});
      const severities = [folder.at('src/a.ts'), second.at('a.ts'), third.at('a.ts')].map((file) => several.published.get(uriOf(file))?.[0]?.severity);
      assert.deepEqual(severities, [2, 1, undefined]);
      await several.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: uriOf(second.path), name: 'second' }] } });
      await several.until(() => several.published.get(uriOf(second.at('a.ts')))?.length === 0);
    } finally {
      await several.stop();
      second.remove();
      third.remove();
    }
  });
});
