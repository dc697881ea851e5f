import assert from 'node:assert/strict';
import { commands, type TextDocument } from 'vscode';
import { openFile, replace, revert, serverCommands, serverProcesses, showing, until } from './editor';

const LEAK = '4 warning release-not-on-throw';

describe('the server', () => {
  let document: TextDocument;
  before(async () => {
    assert.deepEqual(serverProcesses(), [], 'it was started before a source file was open');
    document = await openFile('src/size.ts');
    await showing(document.uri, [LEAK]);
  });

  it('is one process, with the heap that the settings allow', () => {
    assert.equal(serverCommands().length, 1);
    assert.match(serverCommands()[0] ?? '', /--max-old-space-size=512\b/);
  });

  it('comes back after it was killed, and knows the text as it is then', async () => {
    const [killed] = serverProcesses();
    assert.ok(killed !== undefined);
    process.kill(killed, 'SIGKILL');
    await replace(document, "import { open }", "\nimport { open }");
    await showing(document.uri, ['5 warning release-not-on-throw']);
    await until('another process runs', () => serverProcesses().length === 1 && !serverProcesses().includes(killed));
    await revert(document);
    await showing(document.uri, [LEAK]);
  });

  it('is another process after a restart', async () => {
    const [old] = serverProcesses();
    await commands.executeCommand('managedScope.restart');
    await until('the old process is gone and a new one runs', () => serverProcesses().length === 1 && serverProcesses()[0] !== old);
    await replace(document, "import { open }", "\nimport { open }");
    await showing(document.uri, ['5 warning release-not-on-throw']);
    await revert(document);
    await showing(document.uri, [LEAK]);
  });

  it('is left alone when it dies again and again, and starts when it is asked to', async () => {
    // The client's own limit: four new starts within three minutes; one was used above, and the restart began to count anew.
    for (let death = 0; death < 5; death++) {
      await until('it runs', () => serverProcesses().length === 1);
      const [process_] = serverProcesses();
      assert.ok(process_ !== undefined);
      process.kill(process_, 'SIGKILL');
      await until('that process is gone', () => !serverProcesses().includes(process_));
    }
    await commands.executeCommand('managedScope.restart');
    await until('it runs', () => serverProcesses().length === 1);
    await replace(document, "import { open }", "\nimport { open }");
    await showing(document.uri, ['5 warning release-not-on-throw']);
    await revert(document);
    await showing(document.uri, [LEAK]);
  });
});
