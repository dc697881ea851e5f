import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { openFile, serverProcesses, showing, told, uriOf } from './editor';

describe('with several folders', () => {
  it('each has its own settings and its own configuration, and all have one server', async () => {
    assert.deepEqual(workspace.workspaceFolders?.map(({ name }) => name), ['loud', 'quiet', 'plain']);
    const loud = await openFile('size.ts', 'loud');
    await showing(loud.uri, ['4 error release-not-on-throw']);
    const plain = await openFile('size.ts', 'plain');
    await showing(plain.uri, ['4 warning release-not-on-throw']);
    // Where both are off another rule still speaks: by then the others would have, too.
    const quiet = await openFile('several.ts', 'quiet');
    await showing(quiet.uri, ['11 warning dropped-resource']);
    assert.equal(serverProcesses().length, 1);
  });

  it('all of them are checked at once', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('managedScope.checkWorkspace');
    await showing(uriOf('closed.ts', 'loud'), ['3 error missing-release']);
    await showing(uriOf('closed.ts', 'plain'), ['3 warning missing-release']);
    assert.deepEqual(told(uriOf('closed.ts', 'quiet')), []);
  });
});
