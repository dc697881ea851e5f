import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Where pictures of a run go; git does not keep them. The good ones are copied to docs/images. */
export const PICTURES = path.resolve('.cache/pictures');

const PATIENCE_MS = 60_000;

/** Uses the workbench as a person does: by what is on the page, the mouse and the keyboard. */
export class Person {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MS);
    mkdirSync(PICTURES, { recursive: true });
  }

  /** Opens a file by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.#type(name);
    await this.#pick(name);
    await this.page.locator('.tab.active', { hasText: name.split('/').at(-1) ?? name }).waitFor();
    await this.page.locator('.monaco-editor .view-lines').first().waitFor();
  }

  /** Runs a command by its title. */
  async run(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.#type(`>${title}`);
    await this.#pick(title);
  }

  /** Puts the cursor before a character of a line; both count from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.#type(`:${String(line)}:${String(column)}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Selects whole lines, the first and the last counted from 1. */
  async selectLines(first: number, last: number): Promise<void> {
    await this.goTo(first, 1);
    for (let line = first; line < last; line++) await this.page.keyboard.press('Shift+ArrowDown');
    await this.page.keyboard.press('Shift+End');
  }

  squiggles(kind: 'error' | 'warning' | 'info' | 'hint' = 'warning'): Locator {
    return this.page.locator(`.monaco-editor .squiggly-${kind}`);
  }

  /** The hover at the cursor. */
  async hover(): Promise<Locator> {
    return this.asking(this.page.locator('.monaco-resizable-hover:visible, .monaco-hover:visible').first(), ['Control+K', 'Control+I']);
  }

  /** The menu of quick fixes at the cursor. */
  async quickFixes(): Promise<Locator> {
    return this.asking(this.page.locator('.action-widget:visible').first(), ['Control+.']);
  }

  /** What keys bring up. An editor that is still loading what answers, or is busy putting away the last, misses them: they are pressed again. */
  private async asking(shown: Locator, keys: readonly string[]): Promise<Locator> {
    for (let attempt = 0; ; attempt++) {
      for (const key of keys) await this.page.keyboard.press(key);
      try {
        await shown.waitFor({ timeout: 5000 });
        return shown;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  /** Waits until the editor shows these lines, one below the other. While it draws, lines may stand anywhere. */
  async showing(lines: readonly string[]): Promise<void> {
    const wanted = lines.map((line) => line.trimEnd()).join('\n');
    let shown = '';
    for (const end = Date.now() + PATIENCE_MS; !shown.includes(wanted); shown = await this.#text()) {
      if (Date.now() > end) throw new Error(`the editor does not show\n${wanted}\nbut\n${shown}`);
    }
  }

  async #text(): Promise<string> {
    const shown = await this.page.locator('.monaco-editor .view-line').evaluateAll((nodes) =>
      nodes.map((node) => ({ top: node.getBoundingClientRect().top, text: (node.textContent ?? '').replaceAll('\u00a0', ' ').trimEnd() })),
    );
    return shown.sort((one, other) => one.top - other.top).map(({ text }) => text).join('\n');
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(PICTURES, `${name}.png`), animations: 'disabled', caret: 'initial' });
  }

  async closeTab(): Promise<void> {
    await this.page.locator('.tab.active').click({ button: 'middle' });
  }

  /** Takes an entry of the quick input's list. The list may still be filling; what is first then is something else. */
  async #pick(label: string): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  async #type(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input');
    await input.waitFor();
    await input.fill(text);
  }
}
