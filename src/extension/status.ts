import { MarkdownString, StatusBarAlignment, ThemeColor, window, workspace, type Disposable, type StatusBarItem } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { isServed } from './documents';
import type { FindingCounter } from './findings';
import { SHOW_MENU } from './menu';
import type { ServerState, Supervisor } from './supervisor';


/** What the server tells about itself. */
interface ServerStatus {
  /** `syntax-only`: memory ran short, types are not asked for. */
  readonly state: 'ready' | 'checking' | 'syntax-only';
  /** How long the last check of a document took. */
  readonly milliseconds?: number;
}

const STATUS_NOTIFICATION = 'managedScope/status';

const STATES: Readonly<Record<ServerState, { readonly icon: string; readonly says: string }>> = {
  idle: { icon: '$(shield)', says: 'Not started: no file has needed it yet.' },
  starting: { icon: '$(loading~spin)', says: 'Starting.' },
  running: { icon: '$(shield)', says: 'Ready.' },
  stopped: { icon: '$(warning)', says: 'Stopped. Restart it from the menu; the log says why.' },
};

const SAYS: Readonly<Record<ServerStatus['state'], string>> = {
  ready: 'Ready.',
  checking: 'Checking.',
  'syntax-only': 'Ready, without types: memory ran short. A larger `managedScope.memory` brings them back after a restart.',
};

/** Has the item show what the server says of itself. */
export function followStatus(client: LanguageClient, item: StatusItem): void {
  item.said = { state: 'ready' };
  client.onNotification(STATUS_NOTIFICATION, (status: ServerStatus) => { item.said = status; });
}

/** The item in the status bar: shown beside a file that is checked, and whenever the server has stopped. */
export class StatusItem implements Disposable {
  readonly #item: StatusBarItem = window.createStatusBarItem('managedScope.status', StatusBarAlignment.Right, 90);
  readonly #supervisor: Supervisor;
  readonly #findings: FindingCounter;
  readonly #subscriptions: readonly Disposable[];
  /** What the server last said of itself. */
  #said: ServerStatus = { state: 'ready' };

  constructor(supervisor: Supervisor, findings: FindingCounter) {
    this.#supervisor = supervisor;
    this.#findings = findings;
    this.#item.name = 'Managed Scope';
    this.#item.command = SHOW_MENU;
    const update = (): void => { this.#update(); };
    this.#subscriptions = [
      this.#item,
      supervisor.onDidChangeState(update),
      findings.onDidChange(update),
      window.onDidChangeActiveTextEditor(update),
      workspace.onDidGrantWorkspaceTrust(update),
    ];
    this.#update();
  }

  /** The server said something of itself. */
  set said(status: ServerStatus) {
    this.#said = status;
    this.#update();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #update(): void {
    const { state } = this.#supervisor;
    const document = window.activeTextEditor?.document;
    if (state !== 'stopped' && (document === undefined || !isServed(document))) {
      this.#item.hide();
      return;
    }
    const here = document === undefined ? 0 : this.#findings.in(document.uri);
    // No spinning while typing: checks are shorter than a look at the status bar.
    const { icon } = STATES[state];
    this.#item.text = here === 0 ? icon : `${icon} ${String(here)}`;
    this.#item.accessibilityInformation = { label: `Managed Scope: ${count(here, 'finding')} in this file` };
    this.#item.tooltip = this.#describe(state, here);
    this.#item.backgroundColor = state === 'stopped' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  #describe(state: ServerState, here: number): MarkdownString {
    const { total, files } = this.#findings;
    const lines = [
      `**Managed Scope**: ${state === 'running' ? SAYS[this.#said.state] : STATES[state].says}`,
      total === 0 ? 'Nothing found.' : `${count(here, 'finding')} in this file, ${String(total)} in ${count(files, 'file')}.`,
      ...(this.#said.milliseconds === undefined ? [] : [`The last file took ${String(this.#said.milliseconds)} ms.`]),
      ...(workspace.isTrusted ? [] : ['This workspace is not trusted: settings of the workspace that reach outside it are left out.']),
    ];
    return new MarkdownString(lines.join('\n\n'));
  }
}

const count = (number: number, noun: string): string => `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
