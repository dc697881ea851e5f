import { isTestPath } from '../../../src/engine/analyse';
import { TIERS } from '../../../src/engine/findings';

/** A finding as the command line's JSON has it, as far as it is read here. */
export interface ReportedFinding {
  readonly file: string;
  readonly rule: string;
  readonly tier: string;
  readonly message: string;
  readonly line: number;
  readonly path: readonly { readonly line: number; readonly message: string }[];
}

export interface Report {
  readonly findings: readonly ReportedFinding[];
  readonly summary: { readonly files: number; readonly typed: number; readonly skipped: readonly { readonly file: string; readonly reason: string }[] };
}

/** Reads what `check --format json` printed. Throws when it is something else. */
export function readReport(text: string): Report {
  const report: unknown = JSON.parse(text);
  if (!isReport(report)) throw new Error('not a report of version 1');
  return report;
}

function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && Reflect.get(value, 'version') === 1 && Array.isArray(Reflect.get(value, 'findings')) && typeof Reflect.get(value, 'summary') === 'object';
}

/** Findings per 1,000 lines by tier and rule, for source and test files each. */
export function volumes(findings: readonly ReportedFinding[], lines: { readonly source: number; readonly test: number }): (string | number)[][] {
  const rows = new Map<string, { source: number; test: number }>();
  const count = (key: string, test: boolean): void => {
    const row = rows.get(key) ?? { source: 0, test: 0 };
    rows.set(key, test ? { ...row, test: row.test + 1 } : { ...row, source: row.source + 1 });
  };
  for (const { tier, rule, file } of findings) {
    count(tier, isTestPath(file));
    count(`${tier} ${rule}`, isTestPath(file));
  }
  const rank = (key: string): number => TIERS.findIndex((tier) => key.startsWith(tier));
  const rate = (found: number, of: number): string => (of === 0 ? '-' : ((1000 * found) / of).toFixed(3));
  return [...rows]
    .sort(([one], [other]) => rank(one) - rank(other) || (one < other ? -1 : 1))
    .map(([key, { source, test }]) => [key, source, rate(source, lines.source), test, rate(test, lines.test)]);
}

/** A finding for a person to read and judge: what is said, and the code from the acquire to where it is lost. */
export function excerpt(finding: ReportedFinding, text: string): string {
  const lines = text.split('\n');
  const last = Math.max(finding.line, ...finding.path.map((step) => step.line));
  const from = Math.max(1, finding.line - 6);
  const to = Math.min(lines.length, Math.min(last, finding.line + 60) + 6);
  const steps = new Map<number, string[]>();
  for (const step of finding.path) steps.set(step.line, [...(steps.get(step.line) ?? []), step.message]);
  const shown = lines.slice(from - 1, to).flatMap((line, index) => {
    const number = from + index;
    const mark = number === finding.line ? '>' : ' ';
    return [`${mark}${String(number).padStart(5)} | ${line.replace(/\r$/, '')}`, ...(steps.get(number) ?? []).map((message) => `        ^ ${message}`)];
  });
  return [`### ${finding.tier} ${finding.rule} ${finding.file}:${String(finding.line)}`, '', finding.message, '', '````', ...shown, '````', ''].join('\n');
}
