import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Connection, Diagnostic, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { LiveSession, type CheckedDocument, type Wishes } from '../workspace/live/liveSession';
import type { ClientFeatures, InitializationOptions } from './capabilities';
import { ClosedFiles } from './closedFiles';
import type { DiagnosticStyle } from './diagnostics';
import { folderAround, pathOf, placeOf, uriOf, type Place } from './places';
import { SettingsCache } from './settings';
import { StatusReporter, STATUS_NOTIFICATION } from './status';

/** What the handlers of one connection share. */
export class ServerContext {
  readonly session: LiveSession;
  readonly settings: SettingsCache;
  readonly status: StatusReporter;
  readonly closed: ClosedFiles;
  readonly style: DiagnosticStyle;
  /** Absolute paths of the workspace folders. */
  folders: readonly string[] = [];

  constructor(
    readonly connection: Connection,
    readonly documents: TextDocuments<TextDocument>,
    readonly features: ClientFeatures,
    options: InitializationOptions,
  ) {
    this.session = new LiveSession({ log: this.log });
    const ask = async (uri: string, section: string): Promise<unknown> => connection.workspace.getConfiguration({ scopeUri: uri, section });
    this.settings = new SettingsCache(features.configuration ? ask : undefined, this.log);
    this.settings.changed(options.settings);
    this.status = new StatusReporter((status) => void connection.sendNotification(STATUS_NOTIFICATION, status), () => this.session.typed);
    this.closed = new ClosedFiles((uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }), (uri, findings) => { this.status.count(uri, findings); });
    const rulePages = options.rulePages ?? findRulePages();
    this.style = { related: features.relatedInformation, ...(rulePages === undefined ? {} : { rulePages }) };
  }

  readonly log = (message: string): void => {
    this.connection.console.warn(message);
  };

  /** The place of an open document; `undefined` for those that are none of ours. */
  placeOf(document: { readonly uri: string; readonly languageId: string }): Place | undefined {
    return placeOf(document.uri, document.languageId, this.folders[0] ?? process.cwd());
  }

  /** The path of a document that is open, or of a file. */
  pathOf(uri: string): string | undefined {
    const document = this.documents.get(uri);
    return document ? this.placeOf(document)?.path : pathOf(uri);
  }

  /** A document is open for the file, of whatever language. */
  isOpen(file: string): boolean {
    return this.documents.get(uriOf(file)) !== undefined || this.documents.all().some(({ uri }) => pathOf(uri) === file);
  }

  async wishesFor(uri: string, file: string): Promise<Wishes> {
    const folder = folderAround(file, this.folders);
    return { settings: await this.settings.of(uri), ...(folder === undefined ? {} : { folder }) };
  }

  /** Checks an open document; `undefined` for one that is none of ours, or not open. */
  async check(uri: string, signal?: AbortSignal): Promise<CheckedDocument | undefined> {
    const document = this.documents.get(uri);
    const place = document && this.placeOf(document);
    if (!place) return undefined;
    const wishes = await this.wishesFor(uri, place.path);
    return this.session.check(place.path, wishes, signal);
  }

  /** Has the editor ask again for what it shows. */
  refresh(): void {
    if (this.features.refreshes) this.connection.languages.diagnostics.refresh().catch((error: unknown) => { this.log(`the editor did not refresh: ${String(error)}`); });
  }

  publish(uri: string, version: number, diagnostics: Diagnostic[]): void {
    void this.connection.sendDiagnostics({ uri, version, diagnostics });
  }
}

/** The rules' pages are packaged with the bundle, so that they open without a network. */
function findRulePages(): string | undefined {
  const folder = path.join(__dirname, '..', 'docs', 'rules');
  return existsSync(folder) ? `${uriOf(folder)}/{rule}.md` : undefined;
}
