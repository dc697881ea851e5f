import assert from 'node:assert/strict';
import { Uri, window, workspace, type TextEditor } from 'vscode';

export const EXTENSION = 'managed-scope.managed-scope-lint';

/** How often something is looked at that no event tells of. */
const LOOK_MS = 25;
const PATIENCE_MS = 30_000;

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

/** The address of a file of the first workspace folder. */
export function uriOf(file: string): Uri {
  const [folder] = workspace.workspaceFolders ?? assert.fail('no folder is open');
  return Uri.joinPath(folder?.uri ?? assert.fail('no folder is open'), file);
}

export async function openFile(file: string): Promise<TextEditor> {
  return window.showTextDocument(await workspace.openTextDocument(uriOf(file)));
}
