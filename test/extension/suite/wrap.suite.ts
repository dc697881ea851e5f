import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, Range, window, workspace, type CodeAction, type TextDocument } from 'vscode';
import { actionsAt, openFile, placeOf, replace, revert, select, showing, until, withSetting } from './editor';

const LEAK = '4 warning release-not-on-throw';
const KIND = 'refactor.rewrite.managedScope';

/** From the acquire to its release: `size` is declared in it, and used behind. */
const SELECTION = `  const handle = await open(path);
  const { size } = await handle.stat();
  await handle.close();
`;

const WRAPPED = `  let size;
  {
    await using handle = await open(path);
    ({ size } = await handle.stat());
  }
`;

describe('Wrap in Managed Scope', () => {
  let document: TextDocument;
  let original: string;

  before(async () => {
    document = await openFile('src/size.ts');
    original = document.getText();
    await showing(document.uri, [LEAK]);
  });
  afterEach(() => revert(document));

  const offered = (): Promise<CodeAction[]> => actionsAt(document, window.activeTextEditor?.selection ?? new Range(0, 0, 0, 0), KIND);

  it('puts the resource at the cursor into a scope, in one step', async () => {
    const cursor = placeOf(document, 'open(path)');
    const [first] = await actionsAt(document, new Range(cursor, cursor), KIND);
    assert.ok(first?.edit);
    assert.ok(await workspace.applyEdit(first.edit));
    assert.notEqual(document.getText(), original);
    await showing(document.uri, []);
    await commands.executeCommand('undo');
    assert.equal(document.getText(), original);
  });

  it('puts selected statements into a scope: what is declared there and used behind is declared in front', async () => {
    await select(document, SELECTION);
    const actions = await offered();
    assert.deepEqual(actions.map(({ title }) => title), ['Wrap in a scope that releases `handle`: `await using`', 'Wrap in a scope that releases `handle`: a stack, `await using` (adds src/managed-scope.ts)']);
    const [first] = actions;
    assert.ok(first?.edit && (await workspace.applyEdit(first.edit)));
    assert.equal(document.getText(), original.replace(SELECTION, WRAPPED));
    await showing(document.uri, []);
    await commands.executeCommand('undo');
    assert.equal(document.getText(), original);
    assert.equal(document.isDirty, false);
  });

  it('is a command that applies what there is no choice about, in one step to undo', async () => {
    // Without the runtime there is one way left.
    await withSetting('fixes.style', 'no-runtime', ConfigurationTarget.Workspace, async () => {
      await select(document, SELECTION);
      await until('there is one way', async () => (await offered()).length === 1);
      await commands.executeCommand('managedScope.wrap');
      await until('the selection is wrapped', () => document.getText() === original.replace(SELECTION, WRAPPED));
      await showing(document.uri, []);
      await commands.executeCommand('undo');
      assert.equal(document.getText(), original);
      assert.equal(document.isDirty, false);
    });
  });

  // The reason is shown at the cursor, where extensions cannot read: the workbench's test does, and the server's test knows them all.
  for (const [what, text] of [
    ['statements that acquire nothing', '  const { size } = await handle.stat();\n'],
    ['half a statement', 'await handle.stat()'],
    ['a resource that is used behind the selection', '  const handle = await open(path);\n  const { size } = await handle.stat();\n'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await replace(document, '  await handle.close();\n', '  await handle.sync();\n  await handle.close();\n');
      const before = document.getText();
      await select(document, text);
      assert.deepEqual((await offered()).filter(({ edit }) => edit !== undefined), []);
      await commands.executeCommand('managedScope.wrap');
      assert.equal(document.getText(), before);
    });
  }
});
