import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { EXTENSION, openFile, until } from './editor';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('activation', () => {
  it('waits for a source file', async () => {
    const extension = extensions.getExtension(EXTENSION) ?? assert.fail(`${EXTENSION} is not there`);
    assert.equal(extension.isActive, false);
    await openFile('src/size.ts');
    await until('the extension is active', () => extension.isActive);
  });

  it('registers every command that the manifest names', async () => {
    const { contributes }: Manifest = extensions.getExtension(EXTENSION)?.packageJSON;
    const registered = new Set(await commands.getCommands(true));
    assert.ok(contributes.commands.length > 0);
    assert.deepEqual(contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)), []);
  });
});
