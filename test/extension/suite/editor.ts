import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  commands, DiagnosticSeverity, languages, Range, Selection, Uri, window, workspace,
  type CodeAction, type ConfigurationTarget, type Diagnostic, type Position, type TextDocument,
} from 'vscode';

export const EXTENSION = 'managed-scope.managed-scope-lint';

/** Who says it: the name that our findings carry. */
const SOURCE = 'managed-scope';

/** How often something is looked at that no event tells of. */
const LOOK_MS = 25;
const PATIENCE_MS = 40_000;

/** Waits until something holds. @throws with what was waited for, and the last error, when it never does. */
export async function until(what: string, holds: () => unknown): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  let last: unknown;
  for (;;) {
    try {
      if (await holds()) return;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`it never came true that ${what}${last instanceof Error ? `: ${last.message}` : ''}`);
    await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
  }
}

/** The address of a file of a workspace folder: of the first, if none is named. */
export function uriOf(file: string, folder?: string): Uri {
  const found = workspace.workspaceFolders?.find(({ name }) => folder === undefined || name === folder) ?? assert.fail('no such folder is open');
  return Uri.joinPath(found.uri, file);
}

/** Opens a file in front, and gives its document: editors come and go, it stays. */
export async function openFile(file: string, folder?: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uriOf(file, folder));
  await window.showTextDocument(document);
  return document;
}

/** Our findings in a file, as the editor shows them. */
export function findingsIn(uri: Uri): Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source === SOURCE);
}

const codeOf = ({ code }: Diagnostic): string => String(typeof code === 'object' ? code.value : code);

/** `4 warning release-not-on-throw`: line (from 1), severity and rule of each finding, in the order of the file. */
export function told(uri: Uri): string[] {
  return findingsIn(uri)
    .sort((one, other) => one.range.start.compareTo(other.range.start))
    .map((finding) => `${String(finding.range.start.line + 1)} ${DiagnosticSeverity[finding.severity].toLowerCase()} ${codeOf(finding)}`);
}

/** Waits until a file shows exactly these findings, in the words of `told`. @throws with what it shows instead. */
export async function showing(uri: Uri, expected: readonly string[]): Promise<void> {
  const same = (): boolean => JSON.stringify(told(uri)) === JSON.stringify(expected);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => { finish(() => { reject(new Error(`${uri.path} shows ${JSON.stringify(told(uri))}, not ${JSON.stringify(expected)}`)); }); }, PATIENCE_MS);
    const listener = languages.onDidChangeDiagnostics(() => { if (same()) finish(resolve); });
    const finish = (end: () => void): void => {
      clearTimeout(timer);
      listener.dispose();
      end();
    };
    if (same()) finish(resolve);
  });
}

/** Writes a text over the first place where another stands, as one edit of the editor. */
export async function replace(document: TextDocument, old: string, now: string): Promise<void> {
  const editor = await window.showTextDocument(document);
  const at = document.getText().indexOf(old);
  assert.ok(at >= 0, `${old} is not in the document`);
  assert.ok(await editor.edit((edit) => { edit.replace(new Range(document.positionAt(at), document.positionAt(at + old.length)), now); }));
}

/** Selects the first place where a text stands. */
export async function select(document: TextDocument, text: string): Promise<void> {
  const editor = await window.showTextDocument(document);
  const start = placeOf(document, text);
  editor.selection = new Selection(start, document.positionAt(document.offsetAt(start) + text.length));
}

/** The code actions of a kind at a range, edits included; anybody's, since what comes back does not say whose. Asks again while the editor's own providers come up and cancel the request. */
export async function actionsAt(document: TextDocument, range: Range, kind: string): Promise<CodeAction[]> {
  let actions: CodeAction[] = [];
  await until('code actions are answered', async () => {
    actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, kind, 50);
    return true;
  });
  return actions;
}

/** Takes back all edits since the file was opened or saved, and the findings with it. */
export async function revert(document: TextDocument): Promise<void> {
  await window.showTextDocument(document);
  await commands.executeCommand('workbench.action.files.revert');
  await until('the file is as it was', () => !document.isDirty);
}

/** Sets a setting for as long as a test runs. */
export async function withSetting(name: string, value: unknown, target: ConfigurationTarget, test: () => Promise<void>): Promise<void> {
  const section = workspace.getConfiguration('managedScope');
  await section.update(name, value, target);
  try {
    await test();
  } finally {
    await workspace.getConfiguration('managedScope').update(name, undefined, target);
  }
}

/** The language servers that this extension host has started. */
function servers(): { readonly pid: number; readonly command: string }[] {
  const listed = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return listed.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === process.pid && /dist[\\/]server\.js/.test(command) ? [{ pid: Number(pid), command }] : [];
  });
}

export const serverProcesses = (): number[] => servers().map(({ pid }) => pid);

/** How the server was started. */
export const serverCommands = (): string[] => servers().map(({ command }) => command);

/** The place of the first line that holds a text. */
export function placeOf(document: TextDocument, text: string): Position {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `${text} is not in the document`);
  return document.positionAt(at);
}
