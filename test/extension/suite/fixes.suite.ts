import assert from 'node:assert/strict';
import { CodeActionKind, commands, ConfigurationTarget, languages, Range, window, workspace, type CodeAction, type Diagnostic, type TextDocument } from 'vscode';
import { actionsAt, findingsIn, openFile, revert, select, showing, until, uriOf } from './editor';

const LEAK = '4 warning release-not-on-throw';

/** What the title of a fix ends with that brings the runtime along. */
const ADDS = '(adds src/managed-scope.ts)';

const REPAIRED = `import { open } from 'node:fs/promises';

export async function sizeOf(path: string): Promise<number> {
  await using handle = await open(path);
  const { size } = await handle.stat();
  return size;
}
`;

describe('quick fixes', () => {
  let document: TextDocument;
  let original: string;

  before(async () => {
    document = await openFile('src/size.ts');
    original = document.getText();
  });
  beforeEach(() => showing(document.uri, [LEAK]));
  afterEach(() => revert(document));

  async function fixes(): Promise<CodeAction[]> {
    const [finding] = findingsIn(document.uri);
    assert.ok(finding);
    return actionsAt(document, finding.range, CodeActionKind.QuickFix.value);
  }

  /** Applies an action as the editor does: its edit, then its command. */
  async function apply({ edit, command }: CodeAction): Promise<void> {
    if (edit) assert.ok(await workspace.applyEdit(edit));
    if (command) await commands.executeCommand(command.command, ...(command.arguments ?? []));
  }

  it('have one that is preferred, which Auto Fix applies', async () => {
    await select(document, 'open(path)');
    // The editor itself says which is preferred: the list of actions that extensions can ask for does not.
    await until('the file is repaired', async () => {
      await commands.executeCommand('editor.action.autoFix');
      return document.getText() === REPAIRED;
    });
    await showing(document.uri, []);
  });

  it('repair the finding whichever is picked, and are one step to undo', async () => {
    // One that adds a file is two things to undo.
    const offered = (await fixes()).filter(({ title }) => !title.endsWith(ADDS));
    assert.ok(offered.length >= 3, offered.map(({ title }) => title).join(', '));
    for (const { title } of offered) {
      const fix = (await fixes()).find((one) => one.title === title);
      assert.ok(fix, title);
      await apply(fix);
      assert.notEqual(document.getText(), original, title);
      // A `try` that is right could be a `using`: a hint says so.
      await showing(document.uri, title.endsWith('try/finally') ? ['4 hint prefer-using'] : []);
      await commands.executeCommand('undo');
      assert.equal(document.getText(), original, title);
      await showing(document.uri, [LEAK]);
    }
  });

  it('bring the runtime along where the project has none', async () => {
    const fix = (await fixes()).find(({ title }) => title.endsWith(ADDS));
    assert.ok(fix, (await fixes()).map(({ title }) => title).join(', '));
    await apply(fix);
    const runtime = await workspace.openTextDocument(uriOf('src/managed-scope.ts'));
    try {
      assert.match(runtime.getText(), /export const AsyncDisposableStack/);
      assert.match(document.getText(), /import \{ AsyncDisposableStack \} from '\.\/managed-scope/);
      await showing(document.uri, []);
    } finally {
      await runtime.save();
      await workspace.fs.delete(runtime.uri);
    }
  });

  it('need not be asked for the runtime: a command adds it', async () => {
    const added = uriOf('src/managed-scope.ts');
    await commands.executeCommand('managedScope.addRuntime');
    const written = await workspace.fs.readFile(added);
    await workspace.fs.delete(added);
    assert.match(new TextDecoder().decode(written), /export const AsyncDisposableStack/);
  });

  it('of the whole file are a command, and one step to undo', async () => {
    await commands.executeCommand('managedScope.fixAll');
    assert.equal(document.getText(), REPAIRED);
    await showing(document.uri, []);
    // There is nothing left to repair, and nothing more to undo.
    await commands.executeCommand('managedScope.fixAll');
    assert.equal(document.getText(), REPAIRED);
    await commands.executeCommand('undo');
    assert.equal(document.getText(), original);
    assert.equal(document.isDirty, false);
  });

  it('of the whole file are an action too, and one step to undo', async () => {
    const [all] = await actionsAt(document, new Range(0, 0, document.lineCount, 0), 'source.fixAll.managedScope');
    assert.ok(all?.edit);
    await apply(all);
    assert.equal(document.getText(), REPAIRED);
    await commands.executeCommand('undo');
    assert.equal(document.getText(), original);
  });

  it('stand beside a suppression, whose reason is selected to be typed over', async () => {
    const suppress = (await fixes()).find(({ title }) => title.startsWith('Suppress release-not-on-throw'));
    assert.ok(suppress);
    const editor = await window.showTextDocument(document);
    await apply(suppress);
    assert.equal(document.getText(), original.replace('  const handle', '  // managed-scope-disable-next-line release-not-on-throw -- why this is no leak\n  const handle'));
    assert.equal(document.getText(editor.selection), 'why this is no leak');
    await commands.executeCommand('type', { text: 'the host closes it' });
    assert.equal(document.lineAt(3).text, '  // managed-scope-disable-next-line release-not-on-throw -- the host closes it');
    await showing(document.uri, []);
    await commands.executeCommand('leaveSnippet');
  });

  it('are applied on save where the settings say so', async () => {
    const section = workspace.getConfiguration('editor');
    await section.update('codeActionsOnSave', { 'source.fixAll.managedScope': 'explicit' }, ConfigurationTarget.Workspace);
    try {
      assert.ok(await document.save());
      await select(document, 'open(path)');
      await commands.executeCommand('workbench.action.files.save');
      await until('the file is repaired', () => document.getText() === REPAIRED && !document.isDirty);
    } finally {
      await workspace.getConfiguration('editor').update('codeActionsOnSave', undefined, ConfigurationTarget.Workspace);
      await workspace.fs.writeFile(document.uri, Buffer.from(original));
      await until('the file is as it was', () => document.getText() === original);
    }
  });
});

describe('what TypeScript itself says of a `using`', () => {
  const TEXT = `interface Link {
  send(): void;
  [Symbol.asyncDispose](): Promise<void>;
}
declare function connect(): Promise<Link>;

export async function f(): Promise<void> {
  using link = await connect();
  link.send();
}
`;

  it('has a fix that is attached to its error', async () => {
    const file = uriOf('src/link.ts');
    await workspace.fs.writeFile(file, Buffer.from(TEXT));
    try {
      const document = await openFile('src/link.ts');
      const errors = (): Diagnostic[] => languages.getDiagnostics(file).filter(({ source, code }) => source === 'ts' && (code === 2850 || code === 2851));
      await until('TypeScript reports the using', () => errors().length === 1);
      const [error] = errors();
      assert.ok(error);
      let ours: CodeAction | undefined;
      await until('our fix is offered', async () => {
        const offered = await actionsAt(document, error.range, CodeActionKind.QuickFix.value);
        ours = offered.find(({ title }) => title.startsWith('Write `await using`'));
        return ours;
      });
      assert.ok(ours?.edit && (await workspace.applyEdit(ours.edit)));
      assert.equal(document.getText(), TEXT.replace('  using link', '  await using link'));
      await until('TypeScript is content', () => errors().length === 0);
      await revert(document);
    } finally {
      await commands.executeCommand('workbench.action.closeActiveEditor');
      await workspace.fs.delete(file);
    }
  });
});
