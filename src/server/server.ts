import {
  FileChangeType,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
  type CompletionItem,
  type CompletionParams,
  type Connection,
  type Hover,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceSummary } from '../workspace/live/workspaceCheck';
import { registerActions } from './actions';
import { capabilitiesFor, CHECK_WORKSPACE_COMMAND, featuresOf, optionsOf } from './capabilities';
import { completeAt } from './completion';
import { ServerContext } from './context';
import { answering, describe } from './guard';
import { hoverAt } from './hover';
import { pathOf } from './places';
import { Diagnostics } from './pull';
import { synchronise } from './synchronise';
import { takeChanges, watch } from './watching';
import { CHECK_WORKSPACE, checkWorkspace, type CheckWorkspaceParams } from './workspaceCheck';

/** The version that the server gives of itself. */
export interface ServerInfo {
  readonly name: string;
  readonly version: string;
}

/** Serves one editor over a connection, from its `initialize` on. */
export function serve(connection: Connection, info: ServerInfo): void {
  const documents = new TextDocuments(TextDocument);
  let context: ServerContext | undefined;

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const features = featuresOf(params.capabilities);
    context = new ServerContext(connection, documents, features, optionsOf(params));
    context.folders = foldersOf(params);
    register(context);
    return { capabilities: capabilitiesFor(features), serverInfo: { ...info } };
  });
  connection.onInitialized(() => {
    if (!context) return;
    const { log, status } = context;
    watch(context).catch((error: unknown) => { log(`the editor does not watch files: ${describe(error)}`); });
    status.tell();
  });
  documents.listen(connection);
  connection.listen();
}

function register(context: ServerContext): void {
  const { connection, log, session, settings } = context;
  const diagnostics = new Diagnostics(context);
  synchronise(context, diagnostics);
  registerActions(context);
  if (context.features.pulls) connection.languages.diagnostics.on(diagnostics.answer);

  connection.onHover(
    answering<HoverParams, Hover | null>('hover', log, null, async ({ textDocument, position }, signal) => {
      const checked = await context.check(textDocument.uri, signal);
      return (checked && hoverAt(checked, position, context.features.markdown)) ?? null;
    }),
  );
  connection.onCompletion(
    answering<CompletionParams, CompletionItem[]>('completion', log, [], ({ textDocument, position }) => {
      const document = context.documents.get(textDocument.uri);
      if (!document || !context.placeOf(document)) return Promise.resolve([]);
      return Promise.resolve(completeAt(document.getText({ start: { line: 0, character: 0 }, end: position }), position));
    }),
  );

  const check = answering<CheckWorkspaceParams | null, WorkspaceSummary | null>('checking the workspace', log, null, (params, signal) => context.status.during(() => checkWorkspace(context, params, signal)));
  connection.onRequest(CHECK_WORKSPACE, check);
  connection.onExecuteCommand(({ command, workDoneToken }, token) => {
    if (command !== CHECK_WORKSPACE_COMMAND) return new ResponseError(LSPErrorCodes.RequestFailed, `there is no command ${command}`);
    return check(workDoneToken === undefined ? {} : { workDoneToken }, token);
  });

  connection.onDidChangeWatchedFiles(({ changes }) => takeChanges(context, changes).catch(failing('taking changes')));
  connection.workspace.onDidDeleteFiles(({ files }) => takeChanges(context, files.map(({ uri }) => ({ uri, type: FileChangeType.Deleted }))).catch(failing('taking deletions')));
  connection.workspace.onDidRenameFiles(({ files }) =>
    takeChanges(context, files.flatMap(({ oldUri, newUri }) => [{ uri: oldUri, type: FileChangeType.Deleted }, { uri: newUri, type: FileChangeType.Created }])).catch(failing('taking renames')),
  );
  connection.onDidChangeConfiguration(({ settings: sent }) => {
    settings.changed(sent);
    session.restoreTypes();
    context.refresh();
    for (const { uri } of context.documents.all()) diagnostics.push(uri);
  });
  if (context.features.folders) connection.workspace.onDidChangeWorkspaceFolders(takeFolders);

  function takeFolders({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = removed.flatMap(({ uri }) => pathOf(uri) ?? []);
    context.folders = [...context.folders.filter((folder) => !gone.includes(folder)), ...added.flatMap(({ uri }) => pathOf(uri) ?? [])];
    for (const folder of gone) context.closed.clearBelow(folder);
    settings.changed();
    context.refresh();
  }

  function failing(what: string): (error: unknown) => void {
    return (error) => { log(`${what} failed: ${describe(error)}`); };
  }
}

function foldersOf({ workspaceFolders, ...old }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.flatMap(({ uri }) => pathOf(uri) ?? []);
  // What editors sent before there were several folders.
  const rootUri: unknown = Reflect.get(old, 'rootUri');
  const root = typeof rootUri === 'string' ? pathOf(rootUri) : undefined;
  return root === undefined ? [] : [root];
}
