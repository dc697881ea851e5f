import { MarkdownString, StatusBarAlignment, ThemeColor, window, workspace, type Disposable, type StatusBarItem } from 'vscode';
import { isServed } from './documents';
import type { FindingCounter } from './findings';
import { SHOW_MENU } from './menu';
import type { ServerState, Supervisor } from './supervisor';



const STATES: Readonly<Record<ServerState, { readonly icon: string; readonly says: string }>> = {
  idle: { icon: '$(shield)', says: 'Not started: no file has needed it yet.' },
  starting: { icon: '$(loading~spin)', says: 'Starting.' },
  running: { icon: '$(shield)', says: 'Running.' },
  stopped: { icon: '$(warning)', says: 'Stopped. Restart it from the menu; the log says why.' },
};

/** The item in the status bar: shown beside a file that is checked, and whenever the server has stopped. */
export class StatusItem implements Disposable {
  readonly #item: StatusBarItem = window.createStatusBarItem('managedScope.status', StatusBarAlignment.Right, 90);
  readonly #supervisor: Supervisor;
  readonly #findings: FindingCounter;
  readonly #subscriptions: readonly Disposable[];
  /** Something that the server is at: "checking the workspace". */
  #busy: string | undefined;
  /** What the server says of how it works: without types, for instance. */
  #note: string | undefined;

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

  set busy(what: string | undefined) {
    this.#busy = what;
    this.#update();
  }

  set note(text: string | undefined) {
    this.#note = text;
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
    const icon = this.#busy === undefined ? STATES[state].icon : '$(loading~spin)';
    this.#item.text = here === 0 ? icon : `${icon} ${String(here)}`;
    this.#item.accessibilityInformation = { label: `Managed Scope: ${count(here, 'finding')} in this file` };
    this.#item.tooltip = this.#describe(state, here);
    this.#item.backgroundColor = state === 'stopped' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  #describe(state: ServerState, here: number): MarkdownString {
    const { total, files } = this.#findings;
    const lines = [
      `**Managed Scope**: ${this.#busy ?? STATES[state].says}`,
      total === 0 ? 'Nothing found.' : `${count(here, 'finding')} in this file, ${String(total)} in ${count(files, 'file')}.`,
      ...(this.#note === undefined ? [] : [this.#note]),
      ...(workspace.isTrusted ? [] : ['This workspace is not trusted: settings of the workspace that reach outside it are left out.']),
    ];
    return new MarkdownString(lines.join('\n\n'));
  }
}

const count = (number: number, noun: string): string => `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
