import type { Finding, Tier } from '../../../src/engine/findings';
import type { Fix } from '../../../src/engine/fixes/fix';
import { formatTable, ratio, tally } from '../shared/table';
import type { Outcome, Problem } from './apply';

/** A finding, the fixes that it is offered, and what applying some of them did. */
export interface FindingRow {
  readonly place: string;
  readonly finding: Finding;
  /** Best first. */
  readonly fixes: readonly Fix[];
  readonly applied: readonly { readonly fix: Fix; readonly outcome: Outcome }[];
  /** The file was type-checked with all that it imports. */
  readonly whole: boolean;
}

/** A file with all of its findings fixed. */
export interface FileRow extends Outcome {
  readonly place: string;
  readonly whole: boolean;
  readonly applied: number;
  readonly left: number;
}

const PROBLEMS: readonly Problem[] = ['does not parse', 'type-checks worse', 'the finding is left', 'makes a finding', 'goes on for ever'];

/** Tables of what is offered and of what it does, then a line for each failure and for each definite finding without a fix. */
export function report(findings: readonly FindingRow[], files: readonly FileRow[]): string {
  const definite = findings.filter(({ finding }) => finding.tier === 'definite');
  const applied = findings.flatMap(({ place, finding, applied: ones, whole }) => ones.map((one) => ({ place, finding, whole, ...one })));
  return [
    formatTable([['findings', 'with a fix', 'a safe one', 'safe, no runtime added'], ...(['definite', 'potential'] as const).map((tier) => offered(tier, findings.filter(({ finding }) => finding.tier === tier)))]),
    `Definite, by rule\n${formatTable([['', 'with a fix', 'a safe one', 'first'], ...byKey(definite, ({ finding }) => finding.rule)])}`,
    `Definite, by family\n${formatTable([['', 'with a fix', 'a safe one', 'first'], ...byKey(definite, ({ finding }) => finding.family)])}`,
    `Applied one at a time, by shape\n${formatTable([['', 'applied', 'safe', 'all types known', ...PROBLEMS], ...tally(applied, ({ fix }) => fix.shape, ({ fix }) => fix.safe).map(({ key, found, total }) => [key, total, found, applied.filter(({ fix, whole }) => fix.shape === key && whole).length, ...countProblems(applied.filter(({ fix }) => fix.shape === key).map(({ outcome }) => outcome))])])}`,
    `All together\n${formatTable([['files', 'applied', 'all types known', ...PROBLEMS, 'findings left'], [files.length, sum(files.map((file) => file.applied)), files.filter(({ whole }) => whole).length, ...countProblems(files), sum(files.map(({ left }) => left))]])}`,
    `Failures\n${[...applied.flatMap(({ place, fix, finding, outcome }) => outcome.problems.map(({ problem, detail }) => `  ${place} ${finding.tier} ${finding.rule}, ${fix.shape}: ${problem}\n      ${detail.replaceAll('\n', '\n      ')}`)), ...files.flatMap(({ place, problems }) => problems.map(({ problem, detail }) => `  ${place}, all together: ${problem}\n      ${detail.replaceAll('\n', '\n      ')}`))].join('\n')}`,
    `Definite without a fix\n${definite.filter(({ fixes }) => fixes.length === 0).map(({ place, finding }) => `  ${place} ${finding.rule} (${finding.family})\n      ${finding.message}`).join('\n')}`,
  ].join('\n\n');
}

function offered(tier: Tier, rows: readonly FindingRow[]): string[] {
  const having = (holds: (fix: Fix) => boolean): string => ratio(rows.filter(({ fixes }) => fixes.some(holds)).length, rows.length);
  return [tier, having(() => true), having(({ safe }) => safe), having(({ safe, addsRuntime }) => safe && addsRuntime !== true)];
}

function byKey(rows: readonly FindingRow[], keyOf: (row: FindingRow) => string): string[][] {
  const safe = new Map(tally(rows, keyOf, ({ fixes }) => fixes.some((fix) => fix.safe)).map(({ key, found, total }) => [key, ratio(found, total)]));
  return tally(rows, keyOf, ({ fixes }) => fixes.length > 0).map(({ key, found, total }) => {
    const first = tally(rows.filter((row) => keyOf(row) === key).flatMap(({ fixes }) => fixes.slice(0, 1)), ({ shape }) => shape, () => true);
    return [key, ratio(found, total), safe.get(key) ?? '', first.map(({ key: shape, total: count }) => `${shape} ${String(count)}`).join(', ')];
  });
}

function countProblems(outcomes: readonly Outcome[]): number[] {
  return PROBLEMS.map((problem) => outcomes.filter(({ problems }) => problems.some((one) => one.problem === problem)).length);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
