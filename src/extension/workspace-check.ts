import { CancellationError, commands, ProgressLocation, window } from 'vscode';
import { WorkDoneProgress, type LanguageClient } from 'vscode-languageclient/node';
import { countListed } from './findings';

/** What the server says when a check is done. */
interface Summary {
  readonly milliseconds: number;
}

/** The server's request; what it finds it publishes as it comes. */
const CHECK_WORKSPACE = 'managedScope/checkWorkspace';

/** Has all files of the workspace checked, with progress and a way to end it. What was found until then stays. */
export async function checkWorkspace(client: LanguageClient): Promise<void> {
  const summary = await window.withProgress({ location: ProgressLocation.Notification, title: 'Managed Scope', cancellable: true }, async (progress, token) => {
    const workDoneToken = `managed-scope-check-${String(Date.now())}`;
    let reached = 0;
    const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
      if (step.kind === 'end') return;
      const { percentage = reached } = step;
      progress.report({ message: step.message ?? 'looking for files', increment: percentage - reached });
      reached = percentage;
    });
    try {
      return await client.sendRequest<Summary | null>(CHECK_WORKSPACE, { workDoneToken }, token);
    } catch (error) {
      if (token.isCancellationRequested || error instanceof CancellationError) return undefined;
      throw error;
    } finally {
      listener.dispose();
    }
  });
  // The command is done; the message may stand for as long as it likes.
  if (summary) void tell(summary);
}

/** What the Problems panel lists is what a person sees: open files too, which the check leaves to the editor. */
async function tell({ milliseconds }: Summary): Promise<void> {
  const { findings, files } = countListed();
  const took = `(${(milliseconds / 1000).toFixed(1)} s)`;
  if (findings === 0) {
    void window.showInformationMessage(`Managed Scope found nothing ${took}.`);
    return;
  }
  const show = 'Show Problems';
  const answer = await window.showInformationMessage(`Managed Scope: ${count(findings, 'finding')} in ${count(files, 'file')} ${took}.`, show);
  if (answer === show) await commands.executeCommand('workbench.actions.view.problems');
}

const count = (number: number, noun: string): string => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
