import { LSPErrorCodes, ResponseError, type CodeAction, type CodeActionParams } from 'vscode-languageserver/node';
import { actionsAt, editOf, readActionData, type ActionInput } from './codeActions';
import type { ServerContext } from './context';
import { answering } from './guard';

/** Answers `textDocument/codeAction` and `codeAction/resolve`. */
export function registerActions(context: ServerContext): void {
  const { connection, log, features } = context;
  connection.onCodeAction(
    answering<CodeActionParams, CodeAction[]>('code actions', log, [], async ({ textDocument, range, context: asked }, signal) => {
      const input = await inputFor(context, textDocument.uri, signal);
      return input ? actionsAt(input, range, asked) : [];
    }),
  );
  if (!features.resolvesEdits) return;
  const resolve = answering<CodeAction, CodeAction | undefined>('resolving a code action', log, undefined, async (action, signal) => {
    const data = readActionData(action.data);
    const input = data && (await inputFor(context, data.uri, signal));
    if (!data || input?.version !== data.version) return undefined;
    const edit = editOf(input, data);
    return edit ? { ...action, edit } : undefined;
  });
  connection.onCodeActionResolve(async (action, token) => {
    // One that has its edit already, such as a suppression.
    if (action.edit) return action;
    // An edit that was worked out for another text would destroy this one.
    return (await resolve(action, token)) ?? new ResponseError(LSPErrorCodes.ContentModified, 'the document changed since the action was offered');
  });
}

async function inputFor(context: ServerContext, uri: string, signal: AbortSignal): Promise<ActionInput | undefined> {
  const { session, documents, style, features } = context;
  const checked = await context.check(uri, signal);
  const document = documents.get(uri);
  if (!checked || !document || document.getText() !== checked.text) return undefined;
  const wishes = await context.wishesFor(uri, checked.path);
  return { uri, version: document.version, checked, repairs: session.repairsOf(checked, wishes, { mayAddRuntime: features.createsFiles && uri.startsWith('file:') }), style, resolves: features.resolvesEdits, versionedEdits: features.versionedEdits };
}
