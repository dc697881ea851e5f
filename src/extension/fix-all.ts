import { Range, window, workspace, type TextDocument, type WorkspaceEdit } from 'vscode';
import { CodeActionRequest, CodeActionResolveRequest, type CodeAction, type Command, type LanguageClient } from 'vscode-languageclient/node';
import { isServed } from './documents';

/** The kind under which the server offers all safe fixes of a file, on save too. */
const FIX_ALL = 'source.fixAll.managedScope';

/** How often the edit is asked for anew when the document changes while it is made. */
const ATTEMPTS = 3;

/**
 * Applies every safe fix of the file in the active editor as one edit, which is one step to undo. Not by the editor's own command for code actions: that is done
 * before its edit is, so that whoever runs it twice in a row gets a second step that changes nothing.
 */
export async function fixAll(client: LanguageClient): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document === undefined || !isServed(document)) {
    void window.showInformationMessage('Managed Scope: open a TypeScript or JavaScript file that is to be repaired.');
    return;
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { version } = document;
    const edit = await askForEdit(client, document);
    if (document.version !== version) continue;
    if (edit === undefined) {
      void window.showInformationMessage('Managed Scope: nothing in this file can be repaired safely without a look. The quick fixes of each finding offer the rest.');
      return;
    }
    if (await workspace.applyEdit(edit)) return;
  }
  throw new Error('the file changes too quickly to be repaired');
}

async function askForEdit(client: LanguageClient, document: TextDocument): Promise<WorkspaceEdit | undefined> {
  const { code2ProtocolConverter: asked, protocol2CodeConverter: answered } = client;
  const everything = asked.asRange(new Range(0, 0, document.lineCount, 0));
  const offered = await client.sendRequest(CodeActionRequest.type, { textDocument: asked.asTextDocumentIdentifier(document), range: everything, context: { diagnostics: [], only: [FIX_ALL] } });
  const action = offered?.find(isAction);
  if (action === undefined) return undefined;
  const { edit } = await client.sendRequest(CodeActionResolveRequest.type, action);
  const converted = edit && (await answered.asWorkspaceEdit(edit));
  return converted && converted.entries().some(([, edits]) => edits.length > 0) ? converted : undefined;
}

function isAction(one: CodeAction | Command): one is CodeAction {
  return typeof one.command !== 'string';
}
