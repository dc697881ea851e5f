import { Uri, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { LanguageClient, RevealOutputChannelOn, TransportKind, type LanguageClientOptions, type NodeModule } from 'vscode-languageclient/node';
import { SELECTOR } from './documents';
import { heapOptions } from './heap';
import { rulePages } from './rule-pages';
import { settings } from './settings';

/** The client's own name for itself, also the settings section that it reads its trace level from. */
const ID = 'managedScope';

/** How often the server may die within three minutes before it is left alone. */
const RESTARTS = 4;

/** A client for the server that is packaged beside this bundle. Nothing runs before it is started. */
export function createClient(context: ExtensionContext, logs: { readonly log: LogOutputChannel; readonly trace: LogOutputChannel }): LanguageClient {
  const server: NodeModule = {
    module: Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath,
    transport: TransportKind.ipc,
    options: { execArgv: heapOptions(settings.memory()) },
  };
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR.map((filter) => ({ ...filter })),
    outputChannel: logs.log,
    traceOutputChannel: logs.trace,
    // A lint that fails is no reason to open a panel; the status item says it.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    connectionOptions: { maxRestartCount: RESTARTS },
    markdown: { isTrusted: false, supportHtml: false },
    initializationOptions: { rulePages: rulePages(context) },
  };
  return new LanguageClient(ID, 'Managed Scope', { run: server, debug: { ...server, options: { execArgv: [...(server.options?.execArgv ?? []), '--inspect=6019'] } } }, options);
}
