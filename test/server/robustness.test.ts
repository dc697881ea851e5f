import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Folder } from '../types/project';
import { Client, SERVER, uriOf } from './harness/client';
import { makeProject } from './harness/project';
import { LEAK } from './harness/sources';

describe('server: robustness', () => {
  let folder: Folder;
  before(() => {
    folder = makeProject({ files: { 'a.ts': LEAK } });
  });
  after(() => {
    folder.remove();
  });

  it('malformed messages do not end it', async () => {
    const client = await Client.start({ folders: [folder.path] });
    const send = (content: string, length = Buffer.byteLength(content)) => client.process.stdin.write(`Content-Length: ${String(length)}\r\n\r\n${content}`);
    send('{ this is not JSON }');
    send('[]');
    send('null');
    send('{"jsonrpc":"2.0"}');
    send('{"jsonrpc":"2.0","method":"no/such/notification","params":17}');
    send('{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{}}');
    send('{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":null}}');
    send('{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///never/opened.ts","version":3},"contentChanges":[{"text":""}]}}');
    send('{"jsonrpc":"2.0","method":"workspace/didChangeWatchedFiles","params":{"changes":[{"uri":17}]}}');
    send('{"jsonrpc":"2.0","method":"workspace/didChangeConfiguration","params":{"settings":{"managedScope":[]}}}');
    await assert.rejects(client.connection.sendRequest('no/such/request', {}));
    for (const params of [{}, { textDocument: null }, { textDocument: { uri: 17 } }, []]) {
      for (const method of ['textDocument/diagnostic', 'textDocument/hover', 'textDocument/completion', 'textDocument/codeAction', 'managedScope/checkWorkspace']) {
        await client.connection.sendRequest(method, params).catch(() => undefined);
      }
    }
    const uri = uriOf(folder.at('a.ts'));
    await client.open(uri, LEAK);
    assert.deepEqual(await client.found(uri), ['3 release-not-on-throw']);
    assert.equal(await client.stop(), 0);
  });

  it('a document that nests deeper than the stack is answered empty, and logged', async () => {
    const client = await Client.start({ folders: [folder.path] });
    const deep = `import { open } from 'node:fs/promises';\nexport const x = ${'[\n'.repeat(60_000)}open('a')${']\n'.repeat(60_000)};\n`;
    const uri = uriOf(folder.write('deep.ts', deep));
    await client.open(uri, deep);
    assert.deepEqual(await client.diagnostics(uri), []);
    await client.until(() => client.logged.some((line) => line.includes('deep.ts')));
    const sound = uriOf(folder.at('a.ts'));
    await client.open(sound, LEAK);
    assert.equal((await client.found(sound)).length, 1);
    await client.stop();
  });

  it('a document with syntax errors still gets what can be known', async () => {
    const client = await Client.start({ folders: [folder.path] });
    const broken = `${LEAK}\nexport function half( {\n`;
    const uri = uriOf(folder.write('broken.ts', broken));
    await client.open(uri, broken);
    assert.deepEqual(await client.found(uri), ['3 release-not-on-throw']);
    await client.stop();
  });

  it('goes when the editor does', async () => {
    const child = spawn(process.execPath, [SERVER, '--stdio'], { stdio: 'pipe' });
    const gone = new Promise((resolve) => child.on('exit', resolve));
    child.stdin.end();
    await gone;
  });

  it('is the same by the command line', async () => {
    const client = await Client.start({ folders: [folder.path], command: [process.execPath, path.resolve('dist/cli.js'), 'lsp', '--stdio'] });
    const uri = uriOf(folder.at('a.ts'));
    await client.open(uri, LEAK);
    assert.deepEqual(await client.found(uri), ['3 release-not-on-throw']);
    assert.equal(await client.stop(), 0);
  });

  it('says so when memory runs short, and goes on without types', async () => {
    const client = await Client.start({ folders: [folder.path], nodeOptions: ['--max-old-space-size=60'] });
    const typed = `import { openLog } from './log';\nexport async function y(): Promise<unknown> { const log = await openLog(); return log.close(); }\n${LEAK}`;
    folder.write('log.ts', 'export declare function openLog(): Promise<{ close(): Promise<void>; [Symbol.asyncDispose](): Promise<void> }>;\n');
    const uri = uriOf(folder.write('short.ts', typed));
    await client.open(uri, typed);
    for (let edit = 0; client.statuses.at(-1)?.state !== 'syntax-only' && edit < 50; edit++) {
      await client.diagnostics(uri);
      await client.change(uri, `${typed}// ${String(edit)}\n`);
    }
    assert.equal(client.statuses.at(-1)?.state, 'syntax-only');
    assert.ok((await client.found(uri)).includes('5 release-not-on-throw'));
    await client.stop();
  });

  it('neither listens nor connects', async () => {
    const guard = folder.write('no-network.cjs', `
      const fail = (name) => () => { process.stderr.write('NETWORK ' + name + '\\n'); process.exit(99); };
      const net = require('node:net'), dns = require('node:dns'), tls = require('node:tls'), dgram = require('node:dgram');
      net.Server.prototype.listen = fail('listen');
      net.Socket.prototype.connect = fail('connect');
      tls.connect = fail('tls');
      dgram.createSocket = fail('dgram');
      for (const [name, value] of Object.entries(dns)) if (typeof value === 'function') dns[name] = fail('dns.' + name);
      globalThis.fetch = fail('fetch');
    `);
    // The guard bites.
    const proof = spawnSync(process.execPath, ['--require', guard, '-e', `require('node:http').get('http://127.0.0.1:9/')`], { encoding: 'utf8' });
    assert.equal(proof.status, 99);
    const client = await Client.start({ folders: [folder.path], nodeOptions: ['--require', guard] });
    const uri = uriOf(folder.at('a.ts'));
    await client.open(uri, LEAK);
    assert.equal((await client.found(uri)).length, 1);
    await client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 2, character: 25 } });
    await client.connection.sendRequest('managedScope/checkWorkspace', {});
    assert.equal(await client.stop(), 0, client.stderr);
    assert.doesNotMatch(client.stderr, /NETWORK/);
  });
});
