import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createBaselineFilter, readBaseline, takeFingerprint, type BaselineEntry, type Fingerprint } from '../configuration/baseline';
import type { Verdict } from '../configuration/judge';
import type { Finding } from '../engine/findings';
import type { LoadedConfiguration } from './configuration';
import { isNetworkPath } from './filesystem';
import { explainFileError } from './read';

/** A checked file with what is to be said of it. */
export interface JudgedFile {
  readonly result: { readonly path: string; readonly text: string; readonly findings: readonly Finding[]; readonly owners: readonly string[] };
  readonly verdicts: readonly Verdict[];
}

/** Where a configuration's baseline lies; `undefined` where it has none. */
export function baselineOf({ configuration, folder }: LoadedConfiguration): string | undefined {
  return configuration.baseline === undefined ? undefined : path.resolve(folder, configuration.baseline);
}

/** A baseline that cannot be read, or not be used. The message is the rest of a sentence. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';

  constructor(
    readonly fails: 'read' | 'use',
    message: string,
  ) {
    super(message);
  }
}

/** Reads a baseline. Throws a BaselineError. */
export function loadBaseline(file: string): readonly BaselineEntry[] {
  if (isNetworkPath(file)) throw new BaselineError('read', 'it lies on a network path, which is not read');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new BaselineError('read', explainFileError(error));
  }
  try {
    return readBaseline(text);
  } catch (error) {
    throw new BaselineError('use', error instanceof Error ? error.message : String(error));
  }
}

/** The fingerprints of what is said of files, relative to the folder of a baseline. */
export function* fingerprintAll(files: readonly JudgedFile[], folder: string): Generator<{ readonly verdict: Verdict; readonly fingerprint: Fingerprint }> {
  for (const { result, verdicts } of files) {
    const relative = path.relative(folder, result.path).replaceAll(path.sep, '/');
    for (const verdict of verdicts) {
      const { finding } = verdict;
      if (finding) yield { verdict, fingerprint: takeFingerprint(relative, finding, result.owners[result.findings.indexOf(finding)] ?? '', result.text) };
    }
  }
}

/** The baselines that configurations name, while an editor runs: each is read again when it has changed. */
export class LiveBaselines {
  readonly #read = new Map<string, { readonly stamp: string; readonly entries: ReadonlyMap<string, readonly BaselineEntry[]>; readonly problem?: string }>();

  /** What is left to say of a file. A baseline that can't be used hides nothing; `onProblem` is told why. */
  hideKnown(file: JudgedFile, configuration: LoadedConfiguration, onProblem: (message: string) => void): readonly Verdict[] {
    const baseline = baselineOf(configuration);
    if (baseline === undefined) return file.verdicts;
    const { entries, problem } = this.#load(baseline);
    if (problem !== undefined) onProblem(`cannot use the baseline ${baseline}: ${problem}`);
    const folder = path.dirname(baseline);
    const relative = path.relative(folder, file.result.path).replaceAll(path.sep, '/');
    const filter = createBaselineFilter(entries.get(relative) ?? []);
    const hidden = new Set<Verdict>();
    for (const { verdict, fingerprint } of fingerprintAll([file], folder)) if (filter.hides(fingerprint)) hidden.add(verdict);
    return file.verdicts.filter((verdict) => !hidden.has(verdict));
  }

  #load(file: string): { readonly entries: ReadonlyMap<string, readonly BaselineEntry[]>; readonly problem?: string } {
    const stat = isNetworkPath(file) ? undefined : statSync(file, { throwIfNoEntry: false });
    const stamp = stat ? `${String(stat.mtimeMs)}:${String(stat.size)}` : 'none';
    let read = this.#read.get(file);
    if (read?.stamp !== stamp) {
      try {
        read = { stamp, entries: byFile(loadBaseline(file)) };
      } catch (error) {
        read = { stamp, entries: new Map(), problem: error instanceof Error ? error.message : String(error) };
      }
      this.#read.set(file, read);
    }
    return read;
  }
}

function byFile(entries: readonly BaselineEntry[]): ReadonlyMap<string, readonly BaselineEntry[]> {
  const groups = new Map<string, BaselineEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.file);
    if (group) group.push(entry);
    else groups.set(entry.file, [entry]);
  }
  return groups;
}
