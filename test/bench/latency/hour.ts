import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FileChangeType, type CodeAction } from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { uriOf, type Client } from '../../server/harness/client';

/** What stands in a document for a while and goes again. Its lines are whole, so that it can be found by its text. */
interface Guest {
  readonly text: string;
  /** Put in front of the first line that matches; at the end where none does. */
  readonly before?: RegExp;
}

const leak = (name: string): string => `export async function ${name}(file: string): Promise<number> {\n  const handle = await import('node:fs/promises').then(({ open }) => open(file));\n  const { size } = await handle.stat();\n  await handle.close();\n  return size;\n}\n`;

/** Kinds of edits of an hour's work: prose, statements, resources that come and go, what others import, code that is half written. */
const GUESTS: readonly ((edit: number) => Guest)[] = [
  (edit) => ({ text: `  // thought ${String(edit)}\n`, before: /^ {2}(?:const|return|await)\b/ }),
  (edit) => ({ text: leak(`acquire${String(edit)}`) }),
  (edit) => ({ text: `  void ${String(edit)};\n`, before: /^ {2}(?:const|return|await)\b/ }),
  (edit) => ({ text: `  readonly extra${String(edit)}?: number;\n`, before: /^ {2}readonly name\b/ }),
  (edit) => ({ text: `export function half${String(edit)}(given: { a: number[] = \n` }),
  (edit) => ({ text: leak(`release${String(edit)}`).replace('const handle', 'await using handle').replace(/ {2}await handle\.close.*\n/, '') }),
  (edit) => ({ text: `export const text${String(edit)} = \`${'long '.repeat(40)}\`;\n` }),
];

/** How many guests stand at a time before the oldest goes. */
const STAYING = 12;

/** Simulates somebody who works: edits as an editor sends them, and what an editor asks after each. */
export class Work {
  readonly #client: Client;
  readonly #main: string;
  readonly #folder: string;
  readonly #documents = new Map<string, TextDocument>();
  readonly #standing: { readonly uri: string; readonly text: string }[] = [];
  #edits = 0;

  /** `main`: the file that is in sight all the time. `others`: files that are edited too. */
  constructor(client: Client, folder: string, main: string, others: ReadonlyMap<string, string>) {
    this.#client = client;
    this.#folder = folder;
    this.#main = uriOf(main);
    for (const [file, text] of others) this.#documents.set(uriOf(file), TextDocument.create(uriOf(file), 'typescript', 1, text));
  }

  /** Opens the other documents; the main one is open. `text`: what stands in that. */
  async begin(text: string): Promise<void> {
    for (const [uri, document] of this.#documents) await this.#client.open(uri, document.getText());
    this.#documents.set(this.#main, TextDocument.create(this.#main, 'typescript', 1, text));
  }

  /** One edit, and what an editor asks after it. */
  async edit(): Promise<void> {
    const edit = this.#edits++;
    const uris = [...this.#documents.keys()];
    // Every other edit is in the file in sight.
    const uri = edit % 2 === 0 ? this.#main : (uris[(edit >> 1) % uris.length] ?? this.#main);
    const oldest = this.#standing.length >= STAYING ? this.#standing.shift() : undefined;
    if (oldest) await this.#takeAway(oldest.uri, oldest.text);
    else await this.#put(uri, GUESTS[edit % GUESTS.length]?.(edit) ?? { text: '\n' });
    await this.#ask(oldest?.uri ?? uri, edit);
    if (edit % 150 === 149) await this.#reopen(uris[edit % uris.length] ?? uri);
    if (edit % 600 === 599) await this.#comeAndGo(edit);
  }

  /** Closes everything. */
  async end(): Promise<void> {
    for (const uri of this.#documents.keys()) await this.#client.close(uri);
  }

  async #put(uri: string, { text, before }: Guest): Promise<void> {
    const document = this.#documentOf(uri);
    const lines = document.getText().split('\n');
    const fitting = before ? lines.flatMap((line, index) => (before.test(line) ? [index] : [])) : [];
    const line = fitting[(this.#edits * 37) % Math.max(1, fitting.length)] ?? lines.length - 1;
    await this.#change(uri, { start: { line, character: 0 }, end: { line, character: 0 } }, text);
    this.#standing.push({ uri, text });
  }

  async #takeAway(uri: string, text: string): Promise<void> {
    const document = this.#documentOf(uri);
    const at = document.getText().indexOf(text);
    if (at < 0) throw new Error(`${uri} no longer holds ${text}`);
    await this.#change(uri, { start: document.positionAt(at), end: document.positionAt(at + text.length) }, '');
  }

  async #change(uri: string, range: { readonly start: { line: number; character: number }; readonly end: { line: number; character: number } }, text: string): Promise<void> {
    const version = await this.#client.edit(uri, range, text);
    this.#documents.set(uri, TextDocument.update(this.#documentOf(uri), [{ range, text }], version));
  }

  /** The diagnostics of what was edited and of what is in sight; now and then a hover, the actions at a finding, and an edit that is made of one. */
  async #ask(uri: string, edit: number): Promise<void> {
    const { connection } = this.#client;
    const items = await this.#client.diagnostics(uri);
    if (uri !== this.#main) await this.#client.pull(this.#main);
    const [first] = items;
    if (edit % 10 !== 9 || !first) return;
    await connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: first.range.start });
    const actions = await this.#client.actions(uri, first.range, [first]);
    const [action] = actions;
    if (action && !action.edit) await connection.sendRequest('codeAction/resolve', action);
    if (edit % 100 !== 99) return;
    const [all] = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: first.range, context: { diagnostics: [], only: ['source.fixAll'] } });
    if (all) await connection.sendRequest('codeAction/resolve', all);
  }

  async #reopen(uri: string): Promise<void> {
    const text = this.#documentOf(uri).getText();
    await this.#client.close(uri);
    await this.#client.open(uri, text);
    this.#documents.set(uri, TextDocument.create(uri, 'typescript', 1, text));
    await this.#client.pull(uri);
  }

  /** A file comes into the project and goes again, as a change of branches does. */
  async #comeAndGo(edit: number): Promise<void> {
    const file = path.join(this.#folder, 'src', `new${String(edit)}.ts`);
    const { refreshes } = this.#client;
    writeFileSync(file, leak(`fresh${String(edit)}`));
    await this.#client.watched({ uri: uriOf(file), type: FileChangeType.Created });
    await this.#client.until(() => this.#client.refreshes > refreshes);
    await this.#client.pull(this.#main);
    rmSync(file);
    await this.#client.watched({ uri: uriOf(file), type: FileChangeType.Deleted });
    await this.#client.until(() => this.#client.refreshes > refreshes + 1);
    await this.#client.pull(this.#main);
  }

  #documentOf(uri: string): TextDocument {
    const document = this.#documents.get(uri);
    if (!document) throw new Error(`${uri} is not open`);
    return document;
  }
}
