import { CodeActionKind, FileOperationPatternKind, TextDocumentSyncKind, type ClientCapabilities, type InitializeParams, type ServerCapabilities } from 'vscode-languageserver/node';

/** The kinds of code actions that are ours. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.managedScope`;
export const WRAP = `${CodeActionKind.RefactorRewrite}.managedScope`;

/** The command for editors that do not send `managedScope/checkWorkspace`. Not the extension's own command of that name. */
export const CHECK_WORKSPACE_COMMAND = 'managedScope.server.checkWorkspace';

/** What of the editor's abilities makes a difference. */
export interface ClientFeatures {
  /** Pulls diagnostics; else they are pushed. */
  readonly pulls: boolean;
  readonly refreshes: boolean;
  readonly configuration: boolean;
  /** Tells when folders come and go. */
  readonly folders: boolean;
  readonly relatedInformation: boolean;
  readonly watchesFiles: boolean;
  readonly registersConfiguration: boolean;
  /** Takes edits that name the version they were made for. */
  readonly versionedEdits: boolean;
  /** Edits may hold places that a person is to fill in. */
  readonly snippetEdits: boolean;
  /** Edits may create files. */
  readonly createsFiles: boolean;
  readonly progress: boolean;
  readonly markdown: boolean;
  /** Fetches an action's edit when it is chosen. */
  readonly resolvesEdits: boolean;
}

export function featuresOf({ workspace, textDocument, window }: ClientCapabilities): ClientFeatures {
  return {
    pulls: textDocument?.diagnostic !== undefined,
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    folders: workspace?.workspaceFolders === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true || textDocument?.diagnostic?.relatedInformation === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    snippetEdits: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.snippetEditSupport === true,
    createsFiles: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    progress: window?.workDoneProgress === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') ?? false,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') ?? false,
  };
}

/** What the client may say at the start, beyond the protocol. */
export interface InitializationOptions {
  /** For editors without `workspace/configuration`: the `managedScope` section. */
  readonly settings?: unknown;
  /** Where a rule's page is, as an address with `{rule}` in it. Default: the pages beside the server. */
  readonly rulePages?: string;
}

export function optionsOf({ initializationOptions: given }: InitializeParams): InitializationOptions {
  const options: unknown = given;
  if (typeof options !== 'object' || options === null) return {};
  return {
    ...('settings' in options ? { settings: options.settings } : {}),
    ...('rulePages' in options && typeof options.rulePages === 'string' ? { rulePages: options.rulePages } : {}),
  };
}

export function capabilitiesFor(features: ClientFeatures): ServerCapabilities {
  const anyFile = { filters: [{ scheme: 'file', pattern: { glob: '**/*', matches: FileOperationPatternKind.file } }, { scheme: 'file', pattern: { glob: '**', matches: FileOperationPatternKind.folder } }] };
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    // No `workspaceDiagnostics`: an editor would ask for them again and again; a whole workspace is checked when a person asks for it.
    ...(features.pulls ? { diagnosticProvider: { identifier: 'managed-scope', interFileDependencies: true, workspaceDiagnostics: false } } : {}),
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['@', '-', ' ', ','] },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL, WRAP], resolveProvider: features.resolvesEdits },
    executeCommandProvider: { commands: [CHECK_WORKSPACE_COMMAND], workDoneProgress: true },
    workspace: {
      ...(features.folders ? { workspaceFolders: { supported: true, changeNotifications: true } } : {}),
      fileOperations: { didDelete: anyFile, didRename: anyFile },
    },
  };
}
