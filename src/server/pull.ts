import { DocumentDiagnosticReportKind, LSPErrorCodes, ResponseError, type CancellationToken, type Diagnostic, type DiagnosticServerCancellationData, type DocumentDiagnosticParams, type DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { countLines } from '../configuration/lines';
import { readConfiguration } from '../configuration/configuration';
import { LiveConfigurations } from '../workspace/live/liveConfigurations';
import type { ServerContext } from './context';
import { resultIdOf, toDiagnostic, toProblemDiagnostic } from './diagnostics';
import { describe, isCancellation, signalOf } from './guard';

/** What an editor was last told of a document. */
interface Told {
  readonly id: string;
  readonly items: Diagnostic[];
}

/** Answers `textDocument/diagnostic`, and pushes to editors that do not ask. */
export class Diagnostics {
  readonly #context: ServerContext;
  readonly #told = new Map<string, Told>();
  /** Documents that were edited since they were opened or saved. */
  readonly #unsaved = new Set<string>();

  constructor(context: ServerContext) {
    this.#context = context;
  }

  edited(uri: string): void {
    this.#unsaved.add(uri);
  }

  saved(uri: string): void {
    this.#unsaved.delete(uri);
  }

  closed(uri: string): void {
    this.#told.delete(uri);
    this.#unsaved.delete(uri);
    this.#context.status.count(uri, 0);
  }

  readonly answer = async ({ textDocument: { uri }, previousResultId }: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport | ResponseError<DiagnosticServerCancellationData>> => {
    const { signal, dispose } = signalOf(token);
    try {
      const { id, items } = await this.#tell(uri, signal);
      return id === previousResultId ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id } : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items };
    } catch (error) {
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      if (isCancellation(error)) return new ResponseError(LSPErrorCodes.ServerCancelled, 'the document changed', { retriggerRequest: true });
      // Stale squiggles would point at code that is no longer there.
      this.#context.log(`checking ${uri} failed: ${describe(error)}`);
      this.#told.delete(uri);
      return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    } finally {
      dispose();
    }
  };

  /** For editors that do not pull: checks a document and pushes what is found. */
  push(uri: string): void {
    const version = this.#context.documents.get(uri)?.version;
    if (this.#context.features.pulls || version === undefined) return;
    this.#tell(uri).then(
      ({ items }) => {
        if (this.#context.documents.get(uri)?.version === version) this.#context.publish(uri, version, items);
      },
      (error: unknown) => {
        if (!isCancellation(error)) this.#context.log(`checking ${uri} failed: ${describe(error)}`);
      },
    );
  }

  async #tell(uri: string, signal?: AbortSignal): Promise<Told> {
    const before = this.#told.get(uri);
    // Until it is saved again, what was said of the document stands.
    if (before && this.#unsaved.has(uri) && (await this.#context.settings.of(uri)).run === 'onSave') return before;
    const items = await this.#context.status.during(() => this.#check(uri, signal));
    const told = { id: resultIdOf(items), items };
    this.#told.set(uri, told);
    return told;
  }

  async #check(uri: string, signal: AbortSignal | undefined): Promise<Diagnostic[]> {
    const configuration = this.#checkConfiguration(uri);
    if (configuration) return configuration;
    const started = performance.now();
    const checked = await this.#context.check(uri, signal);
    if (!checked) return [];
    const items = checked.verdicts.map((verdict) => toDiagnostic(verdict, { uri, lines: checked.lines }, this.#context.style));
    this.#context.status.count(uri, items.length, checked.analysis ? performance.now() - started : undefined);
    return items;
  }

  /** An open managed-scope.json is read as it is in the editor; what holds is what was saved. */
  #checkConfiguration(uri: string): Diagnostic[] | undefined {
    const file = this.#context.pathOf(uri);
    const text = this.#context.documents.get(uri)?.getText();
    if (file === undefined || text === undefined || !LiveConfigurations.isConfiguration(file)) return undefined;
    const lines = countLines(text);
    return readConfiguration(text, file).problems.map((problem) => toProblemDiagnostic(problem, lines));
  }
}
