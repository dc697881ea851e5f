import type { Colors } from 'picocolors/types';
import type { Severity } from '../../configuration/levels';
import type { Verdict } from '../../configuration/judge';
import type { Step } from '../../engine/findings';
import { cleanLine } from './clean';
import { drawFrame } from './frame';
import type { ReportedFile, RunReport } from './reported';
import { summarise } from './summary';

export interface TextOptions {
  readonly colors: Colors;
  /** Whether a verdict is printed; the others are only counted. */
  readonly shows: (verdict: Verdict) => boolean;
  /** Findings only. */
  readonly quiet: boolean;
}

/** The report as people read it: each finding with its code and its path, then the summary. */
export function printText(report: RunReport, options: TextOptions): string {
  const blocks = report.reported.flatMap((source) => source.verdicts.filter(options.shows).map((verdict) => printVerdict(source, verdict, options.colors)));
  const summary = options.quiet ? [] : [summarise(report, options)];
  return [...blocks, ...summary].map((block) => `${block}\n`).join('\n');
}

function printVerdict(source: ReportedFile, verdict: Verdict, colors: Colors): string {
  const { line, column } = source.lines.positionAt(verdict.start);
  const place = `${colors.bold(cleanLine(source.file))}:${String(line)}:${String(column)}`;
  const certainty = verdict.finding ? ` ${colors.dim(`(${verdict.tier})`)}` : '';
  const head = `${place} ${paint(verdict.severity, colors)} ${colors.cyan(verdict.rule)}${certainty}`;
  return [head, `  ${cleanLine(verdict.message)}`, '', ...drawFrame(source, stepsOf(verdict), colors).map((row) => `  ${row}`)].join('\n');
}

/** The path, and the finding's own place where the path does not pass it (a release that nobody awaits). */
function stepsOf({ start, end, path }: Verdict): readonly Step[] {
  if (path.some((step) => step.start === start)) return path;
  return [...path, { start, end, message: path.length > 0 ? 'here' : '' }];
}

function paint(severity: Severity, colors: Colors): string {
  const painters: Readonly<Record<Severity, (text: string) => string>> = {
    error: colors.red,
    warning: colors.yellow,
    information: colors.blue,
    hint: colors.dim,
  };
  return painters[severity](severity);
}
