// The packaged extension, installed in a real workbench and used as a person uses it. Each step leaves a picture in .cache/pictures.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CHROMIUM } from './host/chromium';
import { copyExample } from './host/example';
import { canInstall, findInstalled } from './host/install';
import { startWorkbench, type Workbench } from './host/workbench';
import { Person } from './workbench/person';

const VSIX = path.resolve('.cache/pictures/managed-scope.vsix');
/** The aim is 3 MB; beyond this somebody has bundled a compiler twice. */
const MOST_BYTES = 3_500_000;
const VIEWPORT = { width: 1100, height: 680 };

describe('the packaged extension in a workbench', function () {
  this.timeout(900_000);
  let workbench: Workbench | undefined;
  let folder: string | undefined;
  let person: Person;

  before(async function () {
    if (CHROMIUM === undefined || !(canInstall || findInstalled())) {
      console.warn('SKIPPED: the packaged extension was not tried in a workbench: there is no Chromium, or no server build of VS Code for this machine');
      this.skip();
    }
    rmSync(VSIX, { force: true });
    const { status, stdout, stderr } = spawnSync(process.execPath, ['.ci/package.js', VSIX], { encoding: 'utf8' });
    assert.equal(status, 0, `${stdout}${stderr}`);
    workbench = await startWorkbench({ extensions: [VSIX], settings: { 'editor.fontSize': 14, 'editor.minimap.enabled': false } });
    folder = copyExample();
    person = new Person(await workbench.open(folder, { viewport: VIEWPORT }));
  });

  after(async () => {
    await workbench?.stop();
    if (folder !== undefined) rmSync(path.dirname(folder), { recursive: true, force: true });
  });

  // What a person would see is the first thing to look at when a step fails.
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await person.picture(`failed-${this.currentTest.title.replace(/\W+/g, '-')}`);
  });

  it('is small', () => {
    assert.ok(readFileSync(VSIX).length < MOST_BYTES);
  });

  it('underlines the acquire that leaks', async () => {
    await person.openFile('users.ts');
    await person.squiggles().first().waitFor();
    await person.picture('squiggle');
  });

  it('tells the path and draws the life of the resource on hover', async () => {
    await person.goTo(12, 30);
    const hover = await person.hover();
    // The drawing comes from another answer than the finding.
    await hover.getByText('the life of this').waitFor();
    const text = await hover.innerText();
    assert.match(text, /`client` \(pool client\) is not released if `client\.query\(\.\.\.\)` on line 13 rejects\./);
    assert.match(text, /users\.ts\(13, \d+\): `client\.query\(\.\.\.\)` rejects/);
    assert.match(text, /enter[\s\S]*body[\s\S]*exit/);
    await person.picture('hover');
    await person.page.keyboard.press('Escape');
  });

  it('shows the page of the rule that a finding links to', async () => {
    const hover = await person.hover();
    await hover.getByText('release-not-on-throw').click();
    await person.page.locator('.tab.active', { hasText: 'release-not-on-throw' }).waitFor();
    const page = person.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.getByRole('heading', { name: 'What it finds' }).waitFor();
    // Away from what would tell its path.
    await person.page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height / 2);
    await person.page.locator('.workbench-hover:visible').waitFor({ state: 'hidden' });
    await person.picture('rule');
    await person.closeTab();
  });

  it('checks the workspace, and fills the Problems panel', async () => {
    await person.openFile('users.ts');
    await person.run('Managed Scope: Check Workspace');
    const told = person.page.locator('.notification-list-item', { hasText: '10 findings in 5 files (' });
    await told.waitFor();
    await person.picture('checked');
    await told.getByText('Show Problems').click();
    await person.page.locator('.markers-panel-container .monaco-list-row', { hasText: 'compare.ts' }).first().waitFor();
    // The list draws what is in sight only; the status bar counts all: what the example says of itself on the command line.
    await person.page.locator('[id="status.problems"]', { hasText: '10' }).waitFor();
    await person.picture('problems');
    await person.page.locator('.part.panel .codicon-panel-close').first().click();
  });

  it('has a menu in the status bar', async () => {
    await person.page.locator('[id$="managedScope.status"] a').click();
    await person.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Restart Server' }).waitFor();
    await person.picture('menu');
    await person.page.keyboard.press('Escape');
  });

  it('repairs the leak by a quick fix, and saves', async () => {
    await person.goTo(12, 30);
    const menu = await person.quickFixes();
    await menu.getByText(/^Release `client`/).first().waitFor();
    assert.equal(await menu.getByText('by try/finally').count(), 1, 'a fix stands in the menu twice');
    await person.picture('quick-fixes');
    await menu.getByText(/^Release `client`/).first().click();
    await person.page.locator('.view-line', { hasText: /using/ }).first().waitFor();
    // One fewer than before.
    await person.page.locator('[id$="managedScope.status"]', { hasText: /^\s*2$/ }).waitFor();
    await person.picture('repaired');
    await person.page.keyboard.press('Control+S');
    await person.page.locator('.tab.active:not(.dirty)', { hasText: 'users.ts' }).waitFor();
    assert.match(readFileSync(path.join(folder ?? '', 'src/users.ts'), 'utf8'), /listUsers\(\)[^}]*using/);
  });

  it('wraps what is selected from the palette: asks which way, and is one step to undo', async () => {
    await person.openFile('settings.ts');
    await person.squiggles().first().waitFor();
    const before = readFileSync(path.join(folder ?? '', 'src/settings.ts'), 'utf8').split('\n').slice(0, 20);
    await person.showing(before);
    await person.selectLines(6, 9);
    await person.run('Managed Scope: Wrap in Managed Scope');
    const choice = person.page.locator('.action-widget:visible').first();
    await choice.getByText('Wrap in a scope that releases `handle`: `await using`').waitFor();
    assert.equal(await choice.getByText(/^Wrap in a scope that releases/).count(), 2);
    await person.picture('wrap-choice');
    await choice.getByText('Wrap in a scope that releases `handle`: `await using`').click();
    await person.showing([
      'export async function loadSettings(path: string): Promise<unknown> {',
      '  let settings: unknown;',
      '  {',
      "    await using handle = await open(path, 'r');",
      "    const text = await handle.readFile('utf8');",
      '    settings = JSON.parse(text);',
      '  }',
      '  return settings;',
      '}',
    ]);
    // Of the two findings in the file the other one is left.
    await person.page.locator('[id$="managedScope.status"]', { hasText: /^\s*1$/ }).waitFor();
    await person.page.keyboard.press('ArrowRight');
    await person.picture('wrapped');
    await person.page.keyboard.press('Control+Z');
    await person.page.locator('.tab.active:not(.dirty)', { hasText: 'settings.ts' }).waitFor();
    await person.showing(before);
  });

  it('says at the cursor why a selection is not wrapped', async () => {
    await person.selectLines(7, 8);
    await person.run('Managed Scope: Wrap in Managed Scope');
    await person.page.locator('.monaco-editor-overlaymessage', { hasText: 'Nothing in the selection acquires a resource that is known' }).waitFor();
    await person.picture('wrap-refused');
    await person.page.keyboard.press('Escape');
  });
});
