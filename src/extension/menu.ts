import { commands, window, type QuickPickItem } from 'vscode';
import type { ServerState } from './supervisor';

/** The menu of the status item. */
export const SHOW_MENU = 'managedScope.showMenu';

interface Entry extends QuickPickItem {
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

const ENTRIES: readonly Entry[] = [
  { label: '$(search) Check Workspace', command: 'managedScope.checkWorkspace' },
  { label: '$(lightbulb) Fix All in File', command: 'managedScope.fixAll' },
  { label: '$(list-flat) Show Problems', command: 'workbench.actions.view.problems' },
  { label: '$(debug-restart) Restart Server', command: 'managedScope.restart' },
  { label: '$(output) Show Log', command: 'managedScope.showLog' },
  { label: '$(gear) Settings', command: 'workbench.action.openSettings', arguments: ['managedScope'] },
];

export async function showMenu(state: ServerState): Promise<void> {
  const stopped = state === 'stopped';
  const entries = stopped ? [...ENTRIES].sort((one, other) => Number(other.command === 'managedScope.restart') - Number(one.command === 'managedScope.restart')) : ENTRIES;
  const picked = await window.showQuickPick(entries, { title: 'Managed Scope', placeHolder: stopped ? 'The server has stopped.' : 'What is to be done?' });
  if (picked) await commands.executeCommand(picked.command, ...(picked.arguments ?? []));
}
