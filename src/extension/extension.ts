import { commands, window, type Disposable, type ExtensionContext } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { addRuntime } from './add-runtime';
import { FindingCounter } from './findings';
import { fixAll } from './fix-all';
import { createLog } from './log';
import { SHOW_MENU, showMenu } from './menu';
import { OPEN_RULE, openRule } from './rule-pages';
import { followStatus, StatusItem } from './status';
import { Supervisor } from './supervisor';
import { checkWorkspace } from './workspace-check';

let running: Supervisor | undefined;

/** Called when a document of a served language opens, or a command of ours is asked for. */
export function activate(context: ExtensionContext): void {
  const log = createLog();
  const findings = new FindingCounter();
  const supervisor = new Supervisor(context, log, (client) => { followStatus(client, status); });
  const status = new StatusItem(supervisor, findings);
  const command = (name: string, run: (...given: unknown[]) => unknown): Disposable => commands.registerCommand(name, run);
  /** A command that the server does. Where it cannot be started, that has been said. */
  const withServer = (name: string, run: (client: LanguageClient) => Promise<void>): Disposable =>
    command(name, async () => {
      const client = await supervisor.start();
      if (!client) return;
      try {
        await run(client);
      } catch (error) {
        log.error(`${name}: ${String(error)}`);
        void window.showErrorMessage(`Managed Scope: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  running = supervisor;
  context.subscriptions.push(
    log,
    findings,
    supervisor,
    status,
    command(SHOW_MENU, () => showMenu(supervisor.state)),
    command(OPEN_RULE, (rule) => openRule(context, rule)),
    command('managedScope.restart', () => supervisor.restart()),
    command('managedScope.showLog', () => { log.show(); }),
    // The editor's own way with code actions: it shows a choice where there is one, and says why nothing fits.
    command('managedScope.wrap', () => commands.executeCommand('editor.action.codeAction', { kind: 'refactor.rewrite.managedScope', apply: 'ifSingle' })),
    withServer('managedScope.fixAll', fixAll),
    withServer('managedScope.checkWorkspace', checkWorkspace),
    withServer('managedScope.addRuntime', addRuntime),
  );
}

export async function deactivate(): Promise<void> {
  await running?.stop();
  running = undefined;
}
