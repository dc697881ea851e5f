import { createHash } from 'node:crypto';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { Verdict } from '../configuration/judge';
import type { Severity } from '../configuration/levels';
import type { LineIndex } from '../configuration/lines';
import type { Problem } from '../configuration/shape/shape';
import { rangeOf } from './positions';

/** Who says it, in the Problems panel. */
const SOURCE = 'managed-scope';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** How an editor wants diagnostics. */
export interface DiagnosticStyle {
  /** It shows the stations of a witness. */
  readonly related: boolean;
  /** Where a rule's page is; `{rule}` stands for its id. Absent: nowhere. */
  readonly rulePages?: string;
}

/** Where a verdict is said. */
export interface Said {
  readonly uri: string;
  readonly lines: LineIndex;
}

export function toDiagnostic(verdict: Verdict, { uri, lines }: Said, style: DiagnosticStyle): Diagnostic {
  const { rule, tier, severity, message, path } = verdict;
  return {
    range: rangeOf(verdict, lines),
    severity: SEVERITIES[severity],
    code: rule,
    ...(style.rulePages === undefined || !verdict.finding ? {} : { codeDescription: { href: style.rulePages.replace('{rule}', rule) } }),
    source: SOURCE,
    message,
    ...(style.related && path.length > 1 ? { relatedInformation: path.map((step) => ({ location: { uri, range: rangeOf(step, lines) }, message: step.message })) } : {}),
    data: { rule, tier },
  };
}

/** What is wrong in a managed-scope.json. */
export function toProblemDiagnostic(problem: Problem, lines: LineIndex): Diagnostic {
  return { range: rangeOf(problem, lines), severity: DiagnosticSeverity.Error, code: 'configuration', source: SOURCE, message: problem.message };
}

/** Equal for equal diagnostics: what an editor has already need not be sent again. */
export function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  return createHash('sha256').update(JSON.stringify(diagnostics)).digest('base64url').slice(0, 16);
}
