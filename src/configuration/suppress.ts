import type { Finding } from '../engine/findings';
import type { RuleId } from '../engine/rules/registry';
import { countLines, type LineIndex } from './lines';
import type { Directive, Notice, SourceComment, Suppressions } from './suppressions';

/** What is left after suppression. */
export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly Finding[];
  readonly unused: readonly Notice[];
}

/**
 * Takes away what the file's suppressions cover. `ran` says which rules were looked for: a suppression of one that was not
 * can't be called unused, and neither can one of all rules when not all ran.
 */
export function applySuppressions(
  findings: readonly Finding[],
  { directives }: Suppressions,
  source: { readonly text: string; readonly comments: readonly SourceComment[]; readonly lines?: LineIndex },
  ran: { readonly all: boolean; has(rule: RuleId): boolean },
): Suppressed {
  if (directives.length === 0) return { kept: findings, suppressed: [], unused: [] };
  const lines = source.lines ?? countLines(source.text);
  const reaches = directives.map((directive) => ({ directive, line: lineCovered(directive, source.text, source.comments, lines) }));
  const credit = new Map<Directive, Set<RuleId>>();
  const kept: Finding[] = [];
  const suppressed: Finding[] = [];
  for (const finding of findings) {
    const line = lines.lineAt(finding.start);
    const onLine = reaches.filter((reach) => reach.line === line && covers(reach.directive, finding.rule)).map((reach) => reach.directive);
    const wide = directives.filter(({ reach }) => reach === 'file').filter((directive) => covers(directive, finding.rule));
    const hit = [...onLine, ...wide, ...blockAround(finding, directives)];
    for (const directive of hit) credit.set(directive, (credit.get(directive) ?? new Set<RuleId>()).add(finding.rule));
    (hit.length > 0 ? suppressed : kept).push(finding);
  }
  return { kept, suppressed, unused: directives.flatMap((directive) => reportUnused(directive, directives, credit.get(directive), ran)) };
}

function covers(directive: Directive, rule: RuleId): boolean {
  return !directive.void && (directive.rules.length === 0 || directive.rules.some((named) => named.rule === rule));
}

/** The block that the finding stands in: the last word on its rule above it, if that is a `disable`. */
function blockAround(finding: Finding, directives: readonly Directive[]): readonly Directive[] {
  const words = directives.filter(({ reach, start }) => (reach === 'block' || reach === 'enable') && start < finding.start);
  const last = words.filter((directive) => covers(directive, finding.rule)).at(-1);
  return last?.reach === 'block' ? [last] : [];
}

/** The line that a one-line directive covers. For `next-line`: the next one with code, so that comments can be stacked. */
function lineCovered(directive: Directive, text: string, comments: readonly SourceComment[], lines: LineIndex): number | undefined {
  if (directive.reach === 'line') return lines.lineAt(directive.start);
  if (directive.reach !== 'next-line') return undefined;
  let line = lines.lineAt(directive.end) + 1;
  for (; line < lines.count; line++) {
    const { start, end } = lines.rangeOf(line);
    if (!isBlank(text, start, end, comments)) return line;
  }
  return undefined;
}

/** Nothing but white space and comments stands between these offsets. */
function isBlank(text: string, start: number, end: number, comments: readonly SourceComment[]): boolean {
  let at = start;
  for (const { range } of comments) {
    if (range[1] <= at || range[0] >= end) continue;
    if (text.slice(at, range[0]).trim() !== '') return false;
    at = range[1];
  }
  return text.slice(at, Math.max(at, end)).trim() === '';
}

function reportUnused(
  directive: Directive,
  directives: readonly Directive[],
  used: ReadonlySet<RuleId> | undefined,
  ran: { readonly all: boolean; has(rule: RuleId): boolean },
): readonly Notice[] {
  if (directive.void) return [];
  const { start, end } = directive;
  if (directive.reach === 'enable') {
    const ends = directives.some((other) => other.reach === 'block' && other.start < start && sharesRule(other, directive));
    return ends ? [] : [{ rule: 'unused-suppression', start, end, message: 'Nothing is disabled here that this could enable.' }];
  }
  if (directive.rules.length === 0) {
    return used || !ran.all ? [] : [{ rule: 'unused-suppression', start, end, message: 'This suppression suppresses nothing: remove it.' }];
  }
  return directive.rules
    .filter(({ rule }) => ran.has(rule) && used?.has(rule) !== true)
    .map((named) => ({ rule: 'unused-suppression', start: named.start, end: named.end, message: `There is no ${named.rule} here to suppress: remove it.` }));
}

function sharesRule(one: Directive, other: Directive): boolean {
  return one.rules.length === 0 || other.rules.length === 0 || one.rules.some(({ rule }) => covers(other, rule));
}
