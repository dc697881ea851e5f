import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { collectEntries, createBaselineFilter, printBaseline, type BaselineEntry } from '../configuration/baseline';
import type { Verdict } from '../configuration/judge';
import type { RuleId } from '../engine/rules/registry';
import { BaselineError, baselineOf, fingerprintAll, loadBaseline, type JudgedFile } from '../workspace/baseline';
import type { LoadedConfiguration } from '../workspace/configuration';
import { explainFileError } from '../workspace/read';
import { Failure } from './failure';
import type { CheckOptions } from './program';
import { count } from './report/summary';

/** How far the run went: what it did not look at can't be called fixed. */
interface Reach {
  /** Absolute paths. */
  readonly checked: ReadonlySet<string>;
  readonly complete: boolean;
  readonly rules?: ReadonlySet<RuleId>;
}

/** What a baseline makes of a run. */
interface Known {
  hides(verdict: Verdict): boolean;
  readonly notes: readonly string[];
}

export interface Baseline {
  apply(files: readonly JudgedFile[], reach: Reach): Known;
}

/** How many stale entries are told by name. */
const STALE_TOLD = 5;

/** Reads the baseline that the options or the configuration name. Throws a Failure when it is unusable. */
export function createBaseline(options: CheckOptions, root: LoadedConfiguration, cwd: string): Baseline {
  const configured = baselineOf(root);
  const file = options.baseline === undefined ? configured : path.resolve(cwd, options.baseline);
  const update = options.updateBaseline === true;
  if (file === undefined) {
    if (update) throw new Failure('--update-baseline needs to know which file: give --baseline, or "baseline" in managed-scope.json');
    return { apply: () => ({ hides: () => false, notes: [] }) };
  }
  const shown = path.relative(cwd, file).replaceAll(path.sep, '/');
  const before = update && !existsSync(file) ? [] : readEntries(file, shown);
  return { apply: (files, reach) => (update ? recordAll(files, reach, { file, shown, before }) : hideKnown(files, reach, { file, before })) };
}

function hideKnown(files: readonly JudgedFile[], reach: Reach, { file, before }: { readonly file: string; readonly before: readonly BaselineEntry[] }): Known {
  const filter = createBaselineFilter(before);
  const hidden = new Set<Verdict>();
  for (const { verdict, fingerprint } of fingerprintAll(files, path.dirname(file))) if (filter.hides(fingerprint)) hidden.add(verdict);
  const stale = reach.complete ? filter.stale().filter((entry) => isWithinReach(entry, reach, path.dirname(file))) : [];
  return {
    hides: (verdict) => hidden.has(verdict),
    notes: [...(filter.hidden > 0 ? [`The baseline hides ${count(filter.hidden, 'finding')}.`] : []), ...tellStale(stale)],
  };
}

/** Writes the findings of the run, and keeps what the run did not look at. */
function recordAll(
  files: readonly JudgedFile[],
  reach: Reach,
  { file, shown, before }: { readonly file: string; readonly shown: string; readonly before: readonly BaselineEntry[] },
): Known {
  const found = [...fingerprintAll(files, path.dirname(file))];
  const kept = before.filter((entry) => !isWithinReach(entry, reach, path.dirname(file)));
  const entries = collectEntries([...found.map(({ fingerprint }) => fingerprint), ...kept]);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, printBaseline(entries));
  } catch (error) {
    throw new Failure(`cannot write the baseline ${shown}: ${explainFileError(error)}`);
  }
  const recorded = new Set(found.map(({ verdict }) => verdict));
  return { hides: (verdict) => recorded.has(verdict), notes: [`Recorded ${count(found.length, 'finding')} in ${shown}.`] };
}

/** The run would have found what the entry records, were it still there. Files that are gone count as looked at. */
function isWithinReach({ file, rule }: BaselineEntry, { checked, rules }: Reach, folder: string): boolean {
  if (rules && ![...rules].some((ran) => ran === rule)) return false;
  const absolute = path.resolve(folder, file);
  return checked.has(absolute) || !existsSync(absolute);
}

function tellStale(stale: readonly BaselineEntry[]): readonly string[] {
  if (stale.length === 0) return [];
  const told = stale.slice(0, STALE_TOLD).map(({ file, rule, within }) => `  ${file}: ${rule}${within === '' ? '' : ` in ${within}`}`);
  const rest = stale.length > STALE_TOLD ? [`  and ${String(stale.length - STALE_TOLD)} more`] : [];
  return [`${count(stale.length, 'entry of the baseline is', 'entries of the baseline are')} no longer found; --update-baseline removes them:`, ...told, ...rest];
}

function readEntries(file: string, shown: string): readonly BaselineEntry[] {
  try {
    return loadBaseline(file);
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    throw new Failure(`cannot ${error.fails} the baseline ${shown}: ${error.message}${existsSync(file) ? '' : ' (--update-baseline makes it)'}`);
  }
}
