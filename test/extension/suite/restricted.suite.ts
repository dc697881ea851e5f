import assert from 'node:assert/strict';
import { extensions, workspace } from 'vscode';
import { EXTENSION, openFile, serverProcesses, showing } from './editor';

describe('in a workspace that is not trusted', () => {
  it('findings are shown all the same: code is read, not run', async () => {
    assert.equal(workspace.isTrusted, false);
    const document = await openFile('src/size.ts');
    await showing(document.uri, ['4 warning release-not-on-throw']);
    assert.equal(extensions.getExtension(EXTENSION)?.isActive, true);
  });

  it('the workspace does not say how much memory the server takes', () => {
    assert.equal(workspace.getConfiguration('managedScope').get('memory'), 2048);
    assert.equal(serverProcesses().length, 1);
  });
});
