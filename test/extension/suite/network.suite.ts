import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commands, extensions } from 'vscode';
import { EXTENSION, openFile, placeOf, replace, serverProcesses, showing } from './editor';
import { guardNetwork, NETWORK_LOG } from './network-guard';

describe('the network', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'managed-scope-network-'));
  const log = path.join(folder, 'log');
  const attempts = (): string[] => readFileSync(log, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('guarding '));
  /** This process holds other parts of the editor too; only what our code began is ours. The server's process is all ours. */
  const ours = (line: string): boolean => line.includes(path.join(extensions.getExtension(EXTENSION)?.extensionPath ?? EXTENSION, 'dist'));

  before(() => {
    assert.equal(extensions.getExtension(EXTENSION)?.isActive, false);
    guardNetwork(log);
    // The server inherits them.
    process.env[NETWORK_LOG] = log;
    process.env['NODE_OPTIONS'] = `--require=${path.join(__dirname, 'network-guard.js')}`;
  });

  after(() => {
    delete process.env['NODE_OPTIONS'];
    delete process.env[NETWORK_LOG];
    rmSync(folder, { recursive: true, force: true });
  });

  it('is not touched, neither by the extension nor by its server', async () => {
    const document = await openFile('src/size.ts');
    await showing(document.uri, ['4 warning release-not-on-throw']);
    await commands.executeCommand('vscode.executeHoverProvider', document.uri, placeOf(document, 'open(path)'));
    await commands.executeCommand('vscode.executeCodeActionProvider', document.uri, document.validateRange(document.lineAt(3).range), undefined, 10);
    await replace(document, 'import { open }', '\nimport { open }');
    await showing(document.uri, ['5 warning release-not-on-throw']);
    await commands.executeCommand('managedScope.checkWorkspace');
    assert.equal(serverProcesses().length, 1);
    // A desktop editor may not let options into its processes.
    if (process.versions['electron'] === undefined) assert.match(readFileSync(log, 'utf8'), /guarding \S*dist[\\/]server\.js/);
    assert.deepEqual(attempts().filter(ours), []);
  });

  it('would be seen', async () => {
    await new Promise<void>((resolve) => {
      const server = net.createServer().listen(0, '127.0.0.1', () => { server.close(() => { resolve(); }); });
    });
    assert.ok(attempts().some((line) => line.startsWith('listen ') && line.includes('network.suite.js')), readFileSync(log, 'utf8'));
  });
});
