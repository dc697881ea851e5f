import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  DiagnosticRefreshRequest,
  ConfigurationRequest,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type FileChangeType,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import type { Status } from '../../../src/server/status';

/** The bundle that ships. */
export const SERVER = path.resolve('dist/server.js');

export interface ClientOptions {
  /** The folders of the workspace. */
  readonly folders?: readonly string[];
  /** The `managedScope` section as it holds for a resource. */
  readonly settings?: (uri: string) => unknown;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** The command that starts the server. Default: Node with the bundle. */
  readonly command?: readonly string[];
  readonly nodeOptions?: readonly string[];
}

/** What most editors can do. */
export const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    diagnostic: {},
    publishDiagnostics: { relatedInformation: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source', 'refactor'] } }, resolveSupport: { properties: ['edit'] }, dataSupport: true, isPreferredSupport: true },
  },
  window: { workDoneProgress: true },
};

/** An editor as the server sees it: a real client library over the stdio of a real process. It waits for messages, never for time. */
export class Client {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcessWithoutNullStreams;
  readonly published = new Map<string, Diagnostic[]>();
  readonly logged: string[] = [];
  readonly statuses: Status[] = [];
  initialized: InitializeResult | undefined;
  refreshes = 0;
  stderr = '';
  readonly #watchers = new Set<() => void>();
  readonly #exited: Promise<number | null>;
  readonly #versions = new Map<string, number>();

  constructor(readonly options: ClientOptions = {}) {
    const [command = process.execPath, ...args] = options.command ?? [process.execPath, ...(options.nodeOptions ?? []), SERVER, '--stdio'];
    this.process = spawn(command, args, { stdio: 'pipe' });
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#exited = new Promise((resolve) => this.process.on('exit', (code) => { resolve(code); }));
    this.connection = createProtocolConnection(new StreamMessageReader(this.process.stdout), new StreamMessageWriter(this.process.stdin));
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => { this.#note(() => this.logged.push(message)); });
    this.connection.onNotification('managedScope/status', (status: Status) => { this.#note(() => this.statuses.push(status)); });
    this.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => { this.#note(() => this.published.set(uri, diagnostics)); });
    this.connection.onRequest(DiagnosticRefreshRequest.type, () => { this.#note(() => (this.refreshes += 1)); });
    this.connection.onRequest(RegistrationRequest.type, () => undefined);
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(({ scopeUri }) => options.settings?.(scopeUri ?? '') ?? null));
    this.connection.listen();
  }

  static async start(options: ClientOptions = {}): Promise<Client> {
    const client = new Client(options);
    const folders = (options.folders ?? []).map((folder) => ({ uri: uriOf(folder), name: path.basename(folder) }));
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: null,
      capabilities: options.capabilities ?? CAPABILITIES,
      workspaceFolders: folders,
      ...(options.initializationOptions === undefined ? {} : { initializationOptions: options.initializationOptions }),
    };
    client.initialized = await client.connection.sendRequest<InitializeResult>('initialize', params);
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  #note(what: () => void): void {
    what();
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Settles once `holds` does; it is asked after each message from the server. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watcher = (): void => {
        if (!holds()) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
      watcher();
    });
  }

  async open(uri: string, text: string, languageId = 'typescript'): Promise<void> {
    this.#versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces the whole text. */
  change(uri: string, text: string): Promise<number> {
    return this.#change(uri, { text });
  }

  /** Replaces a range, as editors send what is typed. */
  edit(uri: string, range: Diagnostic['range'], text: string): Promise<number> {
    return this.#change(uri, { range, text });
  }

  async #change(uri: string, change: { readonly range?: Diagnostic['range']; readonly text: string }): Promise<number> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
    return version;
  }

  save(uri: string): Promise<void> {
    return this.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
  }

  close(uri: string): Promise<void> {
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) });
  }

  /** The diagnostics of a document as they are now. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error('unchanged, although nothing was known');
    return report.items;
  }

  /** `line rule` of each diagnostic of a document, lines from 1. */
  async found(uri: string): Promise<string[]> {
    return placesOf(await this.diagnostics(uri));
  }

  watched(...changes: readonly { readonly uri: string; readonly type: FileChangeType }[]): Promise<void> {
    return this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  actions(uri: string, range: Diagnostic['range'], diagnostics: readonly Diagnostic[] = [], only?: readonly string[]): Promise<CodeAction[]> {
    return this.connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics, ...(only ? { only } : {}) } });
  }

  /** Ends the server as editors do, and gives its exit code. */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    return this.exited();
  }

  exited(): Promise<number | null> {
    return this.#exited;
  }
}

export function placesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ range, code }) => `${String(range.start.line + 1)} ${String(code)}`);
}

export function uriOf(file: string): string {
  return pathToFileURL(file).toString();
}
