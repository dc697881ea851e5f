import { window, workspace } from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { LanguageClient } from 'vscode-languageclient/node';

/** What the server answers to `managedScope/addRuntime`. */
type Answer = { readonly edit: WorkspaceEdit; readonly shown: string } | { readonly refused: string };

/** Writes the runtime into the package of the file in the active editor, as one file, and says where. */
export async function addRuntime(client: LanguageClient): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document === undefined) {
    void window.showInformationMessage('Managed Scope: open a file of the package that is to get the runtime.');
    return;
  }
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const answer = await client.sendRequest<Answer>('managedScope/addRuntime', { uri });
  if ('refused' in answer) {
    void window.showInformationMessage(`Managed Scope: the runtime is not added: ${answer.refused}.`);
    return;
  }
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(answer.edit);
  if (!(await workspace.applyEdit(edit))) throw new Error(`${answer.shown} could not be written`);
  for (const [file] of edit.entries()) await (await workspace.openTextDocument(file)).save();
  void window.showInformationMessage(`Managed Scope: added ${answer.shown}.`);
}
