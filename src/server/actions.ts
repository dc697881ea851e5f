import { LSPErrorCodes, ResponseError, type CodeAction, type CodeActionParams, type WorkspaceEdit } from 'vscode-languageserver/node';
import { actionsAt, creationOf, editOf, readActionData, type ActionInput } from './codeActions';
import type { ServerContext } from './context';
import { answering } from './guard';

/** Asks for the edit that adds the runtime to the package of an open document. */
const ADD_RUNTIME = 'managedScope/addRuntime';

export interface AddRuntimeParams {
  readonly uri: string;
}

/** The edit with the path that it writes to, as a person reads it; or why there is none, as the rest of a sentence. */
export type AddRuntimeResult = { readonly edit: WorkspaceEdit; readonly shown: string } | { readonly refused: string };

/** Answers `textDocument/codeAction`, `codeAction/resolve` and `managedScope/addRuntime`. */
export function registerActions(context: ServerContext): void {
  const { connection, log, features } = context;
  connection.onCodeAction(
    answering<CodeActionParams, CodeAction[]>('code actions', log, [], async ({ textDocument, range, context: asked }, signal) => {
      const input = await inputFor(context, textDocument.uri, signal);
      return input ? actionsAt(input, range, asked) : [];
    }),
  );
  connection.onRequest(
    ADD_RUNTIME,
    answering<AddRuntimeParams, AddRuntimeResult>('adding the runtime', log, { refused: 'the server failed' }, async ({ uri }, signal) => {
      const input = await inputFor(context, uri, signal);
      if (input === undefined) return { refused: 'the document is none that is checked' };
      const { runtime } = input.repairs;
      return 'refused' in runtime ? runtime : { edit: { documentChanges: creationOf(runtime) }, shown: runtime.shown };
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
  return { uri, version: document.version, checked, repairs: session.repairsOf(checked, wishes, { mayAddRuntime: features.createsFiles && uri.startsWith('file:') }), style, features };
}
