import type { Outcome } from './run';

export interface JsonFinding {
  readonly file: string;
  readonly rule: string;
  readonly tier: string;
  readonly severity: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly resource: string;
  readonly acquire: { readonly line: number; readonly column: number };
  readonly path: readonly { readonly line: number; readonly column: number; readonly message: string }[];
  /** With --fixes. */
  readonly fixes?: readonly { readonly shape: string; readonly title: string; readonly safe: boolean; readonly edits: readonly { readonly file: string; readonly sha256: string; readonly start: number; readonly end: number; readonly text: string }[] }[];
}

export interface JsonReport {
  readonly version: number;
  readonly findings: readonly JsonFinding[];
  readonly summary: { readonly files: number; readonly typed: number; readonly skipped: readonly { readonly file: string; readonly reason: string }[]; readonly milliseconds: number };
}

/** The report that a run printed; its own shape is checked in json.test.ts. */
export function reportOf({ stdout, stderr }: Outcome): JsonReport {
  const report: unknown = JSON.parse(stdout === '' ? JSON.stringify(`nothing printed; stderr: ${stderr}`) : stdout);
  if (!isReport(report)) throw new Error(`no report: ${stdout}${stderr}`);
  return report;
}

/** `file:line rule` of each finding. */
export function placesOf(outcome: Outcome): readonly string[] {
  return reportOf(outcome).findings.map(({ file, line, rule }) => `${file}:${String(line)} ${rule}`);
}

function isReport(value: unknown): value is JsonReport {
  return typeof value === 'object' && value !== null && 'findings' in value && 'summary' in value;
}
