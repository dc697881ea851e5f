import type { Verdict } from '../../configuration/judge';
import { TIERS } from '../../engine/findings';
import { cleanLine } from './clean';
import type { RunReport, SkippedFile } from './reported';
import type { TextOptions } from './text';

/** How many kinds of reasons are told; the rest is counted. */
const REASONS_TOLD = 6;

/** The closing lines: what was found, what was looked at, what was not and why, and how long it took. */
export function summarise(report: RunReport, { colors, shows }: TextOptions): string {
  const verdicts = report.reported.flatMap(({ verdicts }) => verdicts);
  return [
    colors.bold(verdicts.length === 0 ? colors.green('Nothing found.') : `Found ${countTiers(verdicts)}.`) + hiddenNote(verdicts.filter((verdict) => !shows(verdict)).length),
    tellChecked(report),
    ...tellSkipped(report.skipped),
    ...report.notes.map(cleanLine),
  ].join('\n');
}

function tellChecked({ files, analysed, typed, milliseconds }: RunReport): string {
  if (files === 0) return 'There was no TypeScript or JavaScript to check.';
  const untyped = analysed - typed;
  const types = untyped === 0 ? '' : `, ${untyped === analysed ? 'checked' : `${String(untyped)} of them`} without types`;
  const candidates = analysed === 0 ? 'none of which mentions' : count(analysed, 'of which mentions', 'of which mention');
  return `Checked ${count(files, 'file')} in ${formatTime(milliseconds)}, ${candidates} resources${types}.`;
}

function countTiers(verdicts: readonly Verdict[]): string {
  const findings = verdicts.filter(({ finding }) => finding);
  const words = TIERS.map((tier) => ({ tier, number: findings.filter((verdict) => verdict.tier === tier).length }))
    .filter(({ number }) => number > 0)
    .map(({ tier, number }) => (tier === 'hint' ? count(number, 'hint') : `${String(number)} ${tier}`));
  const notices = verdicts.length - findings.length;
  if (notices > 0) words.push(count(notices, 'remark on a suppression', 'remarks on suppressions'));
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}` : (words[0] ?? 'nothing');
}

function hiddenNote(hidden: number): string {
  return hidden === 0 ? '' : ` ${count(hidden, 'hint is', 'hints are')} not shown; --hints shows them.`;
}

function tellSkipped(skipped: readonly SkippedFile[]): readonly string[] {
  if (skipped.length === 0) return [];
  const reasons = new Map<string, SkippedFile[]>();
  for (const file of skipped) reasons.set(file.reason, [...(reasons.get(file.reason) ?? []), file]);
  const sorted = [...reasons].sort(([, one], [, other]) => other.length - one.length);
  const told = sorted.slice(0, REASONS_TOLD).map(([reason, files]) => `  ${nameFiles(files)}: ${cleanLine(reason)}`);
  const rest = sorted.slice(REASONS_TOLD).reduce((sum, [, files]) => sum + files.length, 0);
  return [`Skipped ${count(skipped.length, 'file')}:`, ...told, ...(rest > 0 ? [`  ${count(rest, 'file')} for other reasons`] : [])];
}

/** A few files by name, many by number. */
function nameFiles(files: readonly SkippedFile[]): string {
  return files.length <= 3 ? files.map(({ file }) => cleanLine(file)).join(', ') : count(files.length, 'file');
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}

function formatTime(milliseconds: number): string {
  return milliseconds < 1000 ? `${String(Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
