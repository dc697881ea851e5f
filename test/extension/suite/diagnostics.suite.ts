import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, DiagnosticSeverity, MarkdownString, Position, Uri, window, workspace, WorkspaceEdit, type CompletionList, type Hover, type TextDocument } from 'vscode';
import { findingsIn, openFile, placeOf, replace, revert, showing, told, until, uriOf, withSetting } from './editor';

const LEAK = '4 warning release-not-on-throw';

describe('findings', () => {
  let document: TextDocument;
  before(async () => {
    document = await openFile('src/size.ts');
    await showing(document.uri, [LEAK]);
  });

  it('name the resource, the release that is missing and what skips it', () => {
    const [finding] = findingsIn(document.uri);
    assert.ok(finding);
    assert.equal(document.getText(finding.range), 'open(path)');
    assert.match(finding.message, /`handle`.*`handle\.stat\(\)`.*rejects/);
  });

  it('walk the path in related information, step by step', () => {
    const [finding] = findingsIn(document.uri);
    const steps = finding?.relatedInformation ?? [];
    assert.deepEqual(steps.map(({ location }) => location.range.start.line + 1), [4, 5, 5]);
    assert.ok(steps.every(({ location }) => location.uri.toString() === document.uri.toString()));
    assert.match(steps[0]?.message ?? '', /acquired/);
  });

  it('link to the page of their rule, which opens without a network', async () => {
    const code = findingsIn(document.uri)[0]?.code;
    assert.ok(typeof code === 'object');
    assert.equal(code.value, 'release-not-on-throw');
    assert.equal(code.target.scheme, 'file');
    assert.match(Buffer.from(await workspace.fs.readFile(code.target)).toString(), /^# release-not-on-throw\n/);
  });

  it('lead to the pages of all rules by a command', async () => {
    await commands.executeCommand('managedScope.openRule', 'wrong-release');
    const shown = (): string => window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    await until('the page is shown', () => shown().includes('wrong-release'));
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await window.showTextDocument(document);
  });

  it('move with the code, go when it is repaired, and come back when it breaks', async () => {
    await replace(document, "import { open }", "// One line more.\nimport { open }");
    await showing(document.uri, ['5 warning release-not-on-throw']);
    await replace(document, 'const handle =', 'await using handle =');
    await replace(document, '  await handle.close();\n', '');
    await showing(document.uri, []);
    await commands.executeCommand('undo');
    await commands.executeCommand('undo');
    await showing(document.uri, ['5 warning release-not-on-throw']);
    await revert(document);
    await showing(document.uri, [LEAK]);
  });

  it('are described on hover', async () => {
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, placeOf(document, 'open(path)'));
    const said = hovers.flatMap(({ contents }) => contents).map((content) => (content instanceof MarkdownString ? content.value : ''));
    assert.ok(said.some((text) => /handle/.test(text) && /released|release|exit/i.test(text)), said.join('\n---\n'));
  });

  it('are found in documents that were never saved', async () => {
    const unsaved = await workspace.openTextDocument({ language: 'typescript', content: document.getText() });
    await window.showTextDocument(unsaved);
    await showing(unsaved.uri, [LEAK]);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await window.showTextDocument(document);
  });

  it('are as loud as the settings say, and silent when they say so', async () => {
    await withSetting('severities.rules', { 'release-not-on-throw': 'error' }, ConfigurationTarget.Workspace, async () => {
      await showing(document.uri, ['4 error release-not-on-throw']);
    });
    await showing(document.uri, [LEAK]);
    await withSetting('severities.rules', { 'release-not-on-throw': 'off' }, ConfigurationTarget.Workspace, () => showing(document.uri, []));
    await showing(document.uri, [LEAK]);
    await withSetting('enable', false, ConfigurationTarget.Workspace, () => showing(document.uri, []));
    await showing(document.uri, [LEAK]);
  });

  it('wait for a save where the settings say so', async () => {
    await withSetting('run', 'onSave', ConfigurationTarget.Workspace, async () => {
      await showing(document.uri, [LEAK]);
      const text = document.getText();
      await replace(document, '  const { size } = await handle.stat();\n', '  const size = 0;\n');
      // Something else that the server answers after the edit: by then it would have said so.
      await commands.executeCommand('vscode.executeHoverProvider', document.uri, placeOf(document, 'open(path)'));
      assert.deepEqual(told(document.uri), [LEAK]);
      assert.ok(await document.save());
      await showing(document.uri, []);
      await replace(document, document.getText(), text);
      assert.ok(await document.save());
      await showing(document.uri, [LEAK]);
    });
  });

  it('follow managed-scope.json when it is saved', async () => {
    const file = uriOf('managed-scope.json');
    await workspace.fs.writeFile(file, Buffer.from('{ "severities": { "tiers": { "definite": "error" } } }'));
    await showing(document.uri, ['4 error release-not-on-throw']);
    await workspace.fs.delete(file);
    await showing(document.uri, [LEAK]);
  });

  it('of the configuration stand at their place, and the last good one stays in force', async () => {
    const file = uriOf('managed-scope.json');
    await workspace.fs.writeFile(file, Buffer.from('{ "severities": { "tiers": { "definite": "error" } } }'));
    await showing(document.uri, ['4 error release-not-on-throw']);
    await workspace.fs.writeFile(file, Buffer.from('{\n  "severities": { "tiers": { "definite": "loud" } }\n}\n'));
    await showing(file, ['2 error configuration']);
    assert.equal(findingsIn(file)[0]?.range.start.character, 41);
    assert.equal(findingsIn(file)[0]?.severity, DiagnosticSeverity.Error);
    await workspace.fs.delete(file);
    await showing(document.uri, [LEAK]);
    await showing(file, []);
  });

  it('go with a file that is renamed or deleted', async () => {
    const old = uriOf('src/old.ts');
    const renamed = uriOf('src/new.ts');
    await workspace.fs.copy(document.uri, old);
    await window.showTextDocument(await workspace.openTextDocument(old));
    await showing(old, [LEAK]);
    const edit = new WorkspaceEdit();
    edit.renameFile(old, renamed);
    assert.ok(await workspace.applyEdit(edit));
    await showing(old, []);
    await showing(renamed, [LEAK]);
    const removal = new WorkspaceEdit();
    removal.deleteFile(renamed);
    assert.ok(await workspace.applyEdit(removal));
    await showing(renamed, []);
    await window.showTextDocument(document);
  });

  it('are not looked for in what is no file of the person', async () => {
    const copy = uriOf('node_modules/dependency/index.ts');
    await workspace.fs.copy(document.uri, copy);
    await window.showTextDocument(await workspace.openTextDocument(copy));
    // The next file is answered after it.
    await window.showTextDocument(document);
    await replace(document, "import { open }", "\nimport { open }");
    await showing(document.uri, ['5 warning release-not-on-throw']);
    assert.deepEqual(told(copy), []);
    await revert(document);
  });

  it('are not looked for in the old side of a diff, nor in what else is only shown', async () => {
    const shown = Uri.parse('shown-by-a-test:/src/size.ts');
    const provider = workspace.registerTextDocumentContentProvider(shown.scheme, { provideTextDocumentContent: () => document.getText() });
    try {
      assert.equal((await workspace.openTextDocument(shown)).languageId, 'typescript');
      await commands.executeCommand('vscode.diff', shown, document.uri, 'a diff');
      // The side that is a file is answered.
      await replace(document, "import { open }", "\nimport { open }");
      await showing(document.uri, ['5 warning release-not-on-throw']);
      assert.deepEqual(told(shown), []);
    } finally {
      provider.dispose();
      await revert(document);
    }
  });
});

describe('completion', () => {
  const labelsAt = async (uri: Uri, position: Position): Promise<string[]> => {
    const { items } = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', uri, position);
    return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  };

  it('names the rules in a suppression, and the tags in documentation', async () => {
    const document = await openFile('src/size.ts');
    await replace(document, 'import { open }', '// managed-scope-disable-next-line \n/** @ */\nimport { open }');
    assert.ok((await labelsAt(document.uri, document.lineAt(0).range.end)).includes('release-not-on-throw'));
    assert.ok((await labelsAt(document.uri, new Position(1, 5))).includes('@acquires'));
    await revert(document);
  });

  it('knows the schema of managed-scope.json', async () => {
    const file = uriOf('managed-scope.json');
    await workspace.fs.writeFile(file, Buffer.from('{\n  \n}\n'));
    try {
      const document = await workspace.openTextDocument(file);
      await window.showTextDocument(document);
      assert.equal(document.languageId, 'jsonc');
      await until('the schema is known', async () => (await labelsAt(file, new Position(1, 2))).includes('severities'));
      await commands.executeCommand('workbench.action.closeActiveEditor');
    } finally {
      await workspace.fs.delete(file);
    }
  });
});
