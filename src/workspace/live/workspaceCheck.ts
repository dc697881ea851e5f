import path from 'node:path';
import { overlaySeverities } from '../../configuration/editorSettings';
import { excludeBy } from '../../configuration/files';
import { judge, type Verdict } from '../../configuration/judge';
import { countLines, type LineIndex } from '../../configuration/lines';
import type { FileResult } from '../batch';
import type { LoadedConfiguration } from '../configuration';
import { findFiles } from '../files';
import { createSession } from '../session';
import { isExcludedBy, type Wishes } from './gate';
import type { LiveSession } from './liveSession';

/** A closed file with what is to be said of it. */
export interface CheckedFile {
  readonly file: string;
  readonly lines: LineIndex;
  readonly verdicts: readonly Verdict[];
}

export interface WorkspaceSummary {
  /** Files that were looked at. */
  readonly files: number;
  /** Files that mention something that could acquire. */
  readonly analysed: number;
  readonly findings: number;
  readonly skipped: number;
  readonly milliseconds: number;
}

export interface WorkspaceCheckOptions {
  /** Absolute paths: folders are searched, files are taken. */
  readonly paths: readonly string[];
  readonly wishesFor: (file: string) => Promise<Wishes>;
  readonly onFile: (file: CheckedFile) => void;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Checks files that are not open, in batches as the command line does: programs of their own, which go when it is done. Open documents
 * are left out (they are checked as they are) but are what others see of them, and go first: it pauses while one waits.
 */
export async function checkClosedFiles(session: LiveSession, { paths, wishesFor, onFile, onProgress, signal }: WorkspaceCheckOptions): Promise<WorkspaceSummary> {
  const started = performance.now();
  const found = findFiles(paths).files.filter((file) => !session.isOpen(file));
  const groups = await sortByConfiguration(found, session, wishesFor);
  const total = groups.reduce((sum, { files }) => sum + files.length, 0);
  let files = 0;
  let analysed = 0;
  let findings = 0;
  for (const { configuration, wishes, files: group } of groups) {
    const before = files;
    const said = ({ text, path: file, ...result }: FileResult): void => {
      const lines = countLines(text);
      const severities = overlaySeverities(configuration.configuration.severities, wishes.settings.severities);
      const judged = judge({ ...result, text, lines, complete: result.complete && wishes.settings.types }, { ...configuration.configuration, severities });
      const verdicts = session.baselines.hideKnown({ result: { ...result, path: file, text }, verdicts: judged }, configuration, () => undefined);
      findings += verdicts.length;
      analysed += 1;
      // It may have been opened meanwhile.
      if (!session.isOpen(file)) onFile({ file, lines, verdicts });
    };
    const batch = createSession({ overlay: session.overlay, sizeLimit: wishes.settings.files.maxSize * 1024 });
    await batch.checkFiles(group, {
      types: wishes.settings.types && session.typed,
      isTest: (file) => session.isTest(file),
      analyseOptions: { models: configuration.configuration.models, ...(configuration.configuration.tests === 'same' ? { test: false } : {}) },
      onFile: said,
      onProgress: ({ done }) => {
        files = before + done;
        onProgress?.(files, total);
      },
      pause: () => session.whenIdle(),
      ...(signal && { signal }),
    });
    files = before + group.length;
  }
  return { files, analysed, findings, skipped: found.length - total, milliseconds: Math.round(performance.now() - started) };
}

interface Group {
  readonly configuration: LoadedConfiguration;
  readonly wishes: Wishes;
  readonly files: string[];
}

/** Sorts files by what holds for them, and lets go those that are left out. */
async function sortByConfiguration(files: readonly string[], session: LiveSession, wishesFor: (file: string) => Promise<Wishes>): Promise<readonly Group[]> {
  const groups = new Map<LoadedConfiguration, Map<string, Group>>();
  for (const file of files) {
    const configuration = session.configurations.holdingFor(file);
    const wishes = await wishesFor(file);
    if (!wishes.settings.enable || isLeftOut(file, configuration, wishes, session)) continue;
    const byWishes = groups.get(configuration) ?? new Map<string, Group>();
    groups.set(configuration, byWishes);
    const key = JSON.stringify(wishes);
    const group = byWishes.get(key) ?? { configuration, wishes, files: [] };
    byWishes.set(key, group);
    group.files.push(file);
  }
  return [...groups.values()].flatMap((group) => [...group.values()]);
}

function isLeftOut(file: string, { configuration, folder }: LoadedConfiguration, { settings, folder: root }: Wishes, session: LiveSession): boolean {
  if (configuration.tests === 'off' && session.isTest(file)) return true;
  const excluded = configuration.path !== undefined && excludeBy(configuration)(path.relative(folder, file).replaceAll(path.sep, '/')) !== undefined;
  return excluded || isExcludedBy(settings, root, file);
}
