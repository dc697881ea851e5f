import { ProgressType, type Diagnostic, type ProgressToken, type WorkDoneProgressParams, type WorkDoneProgressReporter } from 'vscode-languageserver/node';
import { checkClosedFiles, type CheckedFile, type WorkspaceSummary } from '../workspace/live/workspaceCheck';
import type { ServerContext } from './context';
import { toDiagnostic } from './diagnostics';
import { pathOf, uriOf } from './places';

export const CHECK_WORKSPACE = 'managedScope/checkWorkspace';

export interface CheckWorkspaceParams extends WorkDoneProgressParams {
  /** Folders or files, as URIs. Default: the workspace folders. */
  readonly uris?: readonly string[];
  /** When given, what is found is sent here file by file, and is the client's to show and to take back; else it is published. */
  readonly partialResultToken?: ProgressToken;
}

/** A file's diagnostics, as partial results carry them. */
export interface FileReport {
  readonly uri: string;
  readonly diagnostics: readonly Diagnostic[];
}

const PARTIAL = new ProgressType<{ readonly items: readonly FileReport[] }>();

/**
 * Checks the files of the workspace that are not open. A request of its own and not `workspace/diagnostic`, which editors send over and over:
 * a scan of everything is something that a person asks for, and wants to see advance and be able to end. What is found is
 * published as it comes and stays true from then on: it is taken back when a file goes, and made anew when one changes (see watching.ts).
 */
export async function checkWorkspace(context: ServerContext, params: CheckWorkspaceParams | null, signal: AbortSignal): Promise<WorkspaceSummary> {
  const { uris, partialResultToken, workDoneToken } = params ?? {};
  const paths = uris ? uris.flatMap((uri) => pathOf(uri) ?? []) : context.folders;
  const progress = await startProgress(context, workDoneToken);
  const stop = progress.signal ? AbortSignal.any([signal, progress.signal]) : signal;
  const shownBefore = uris || partialResultToken !== undefined ? new Set<string>() : new Set(context.closed.files);
  try {
    const summary = await checkClosedFiles(context.session, {
      paths,
      wishesFor: (file) => context.wishesFor(uriOf(file), file),
      onFile: (checked) => {
        shownBefore.delete(checked.file);
        report(context, checked, partialResultToken);
      },
      onProgress: (done, total) => { progress.advance(done, total); },
      signal: stop,
    });
    // What this run has not found again is no longer there.
    for (const file of shownBefore) context.closed.clear(file);
    return summary;
  } finally {
    progress.end();
  }
}

/** Checks files again of which something is shown, after they changed on the disk. */
export async function recheckClosed(context: ServerContext, files: readonly string[]): Promise<void> {
  const closed = files.filter((file) => context.closed.shows(file) && !context.session.isOpen(file));
  if (closed.length === 0) return;
  const left = new Set(closed);
  await checkClosedFiles(context.session, {
    paths: closed,
    wishesFor: (file) => context.wishesFor(uriOf(file), file),
    onFile: (checked) => {
      left.delete(checked.file);
      report(context, checked, undefined);
    },
  });
  for (const file of left) context.closed.clear(file);
}

function report(context: ServerContext, { file, lines, verdicts }: CheckedFile, token: ProgressToken | undefined): void {
  const uri = uriOf(file);
  const diagnostics = verdicts.map((verdict) => toDiagnostic(verdict, { uri, lines }, context.style));
  if (token === undefined) context.closed.show(file, diagnostics);
  else if (diagnostics.length > 0) void context.connection.sendProgress(PARTIAL, token, { items: [{ uri, diagnostics }] });
}

interface Progress {
  readonly signal?: AbortSignal;
  advance(done: number, total: number): void;
  end(): void;
}

/** Progress on the token that the client gave; on one of our own where it gave none and can show it. */
async function startProgress(context: ServerContext, token: ProgressToken | undefined): Promise<Progress> {
  const { window } = context.connection;
  if (token !== undefined) return describeProgress(window.attachWorkDoneProgress(token));
  if (!context.features.progress) return { advance: () => undefined, end: () => undefined };
  const created = await window.createWorkDoneProgress();
  const stop = new AbortController();
  created.token.onCancellationRequested(() => { stop.abort(); });
  return { ...describeProgress(created), signal: stop.signal };
}

function describeProgress(reporter: WorkDoneProgressReporter): Progress {
  reporter.begin('Managed Scope: checking the workspace', 0, undefined, true);
  let told = 0;
  return {
    advance(done, total) {
      const percentage = Math.floor((done / Math.max(total, 1)) * 100);
      if (percentage === told) return;
      told = percentage;
      reporter.report(percentage, `${String(done)} of ${String(total)} files`);
    },
    end: () => { reporter.done(); },
  };
}
