import type { Finding, Range, Step, Tier } from '../engine/findings';
import { RULE_IDS, type RuleId } from '../engine/rules/registry';
import type { Configuration } from './configuration';
import { levelOf, levelOfNotice, type NoticeId, type Severity } from './levels';
import { countLines, type LineIndex } from './lines';
import { applySuppressions } from './suppress';
import { readSuppressions, type Notice, type SourceComment } from './suppressions';

/** One thing to say of a file: a finding, or a word on a suppression. */
export interface Verdict extends Range {
  readonly rule: RuleId | NoticeId;
  readonly tier: Tier;
  readonly severity: Severity;
  readonly message: string;
  readonly resource: string;
  readonly acquire: Range;
  readonly path: readonly Step[];
  /** What the engine found; absent for a word on a suppression. */
  readonly finding?: Finding;
}

/** A file with what the engine found in it. */
export interface CheckedSource {
  readonly text: string;
  readonly comments: readonly SourceComment[];
  readonly findings: readonly Finding[];
  /** Every rule ran to its end, with types: only then can a suppression be called unused. */
  readonly complete: boolean;
  readonly lines?: LineIndex;
}

/** Decides what is said of a file, and how loudly: suppressions first, then the configured severities. Sorted by position. */
export function judge(source: CheckedSource, configuration: Configuration, rules?: ReadonlySet<RuleId>): readonly Verdict[] {
  const lines = source.lines ?? countLines(source.text);
  const suppressions = readSuppressions(source.comments);
  const ran = { all: !rules || RULE_IDS.every((rule) => rules.has(rule)), has: (rule: RuleId) => rules?.has(rule) ?? true };
  const wanted = source.findings.filter((finding) => ran.has(finding.rule));
  const { kept, unused } = applySuppressions(wanted, suppressions, { ...source, lines }, ran);
  const told = suppressions.notices.filter(({ rule }) => rule !== 'unexplained-suppression' || configuration.suppressions.requireReason);
  const notices = [...told, ...(source.complete ? unused : [])];
  const verdicts = [...kept.flatMap((finding) => judgeFinding(finding, configuration)), ...notices.flatMap((notice) => judgeNotice(notice, configuration))];
  return verdicts.sort((one, other) => one.start - other.start || one.end - other.end || (one.rule < other.rule ? -1 : 1));
}

function judgeFinding(finding: Finding, { severities }: Configuration): readonly Verdict[] {
  const severity = levelOf(finding, severities);
  if (severity === 'off') return [];
  const { rule, tier, message, resource, acquire, path, start, end } = finding;
  return [{ rule, tier, severity, message, resource, acquire, path, start, end, finding }];
}

function judgeNotice({ rule, message, start, end }: Notice, { severities }: Configuration): readonly Verdict[] {
  const severity = levelOfNotice(rule, severities);
  return severity === 'off' ? [] : [{ rule, tier: 'hint', severity, message, resource: '', acquire: { start, end }, path: [], start, end }];
}
