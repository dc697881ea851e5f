import type { Range } from '../engine/findings';
import { RULE_IDS, type RuleId } from '../engine/rules/registry';
import type { NoticeId } from './levels';
import { didYouMean } from './shape/nearest';

/** A comment as TS-ESTree gives it: `value` is what stands between the comment's marks. */
export interface SourceComment {
  readonly type: string;
  readonly value: string;
  readonly range: readonly [number, number];
}

/** Something to say of a suppression comment. */
export interface Notice extends Range {
  readonly rule: NoticeId;
  readonly message: string;
}

type Reach = 'next-line' | 'line' | 'file' | 'block' | 'enable';

/** One comment that suppresses, or ends suppressing. */
export interface Directive extends Range {
  readonly reach: Reach;
  /** Where each rule is named. Empty: all rules. */
  readonly rules: readonly (Range & { readonly rule: RuleId })[];
  /** It names rules, but none that is known: it suppresses nothing, and that has been said. */
  readonly void: boolean;
  readonly reason?: string;
}

export interface Suppressions {
  /** In the order of the text. */
  readonly directives: readonly Directive[];
  /** What is wrong with them: unknown rules, unknown forms, and missing reasons. */
  readonly notices: readonly Notice[];
}

const REACHES: ReadonlyMap<string, Reach> = new Map([
  ['disable-next-line', 'next-line'],
  ['disable-line', 'line'],
  ['disable-file', 'file'],
  ['disable', 'block'],
  ['enable', 'enable'],
]);

/** The word that every suppression starts with. A text without it holds none. */
export const SUPPRESSION_PREFIX = 'managed-scope-';

/** Finds the suppressions among a file's comments. */
export function readSuppressions(comments: readonly SourceComment[]): Suppressions {
  const directives: Directive[] = [];
  const notices: Notice[] = [];
  for (const comment of comments) {
    const head = /^[\s*]*managed-scope-([\w-]+)/.exec(comment.value);
    const form = head?.[1];
    if (!head || form === undefined) continue;
    const [start, end] = comment.range;
    const reach = REACHES.get(form);
    if (reach === undefined) {
      const suggestion = didYouMean(form, REACHES.keys()).replace('mean "', `mean "${SUPPRESSION_PREFIX}`);
      // Other words with our prefix may be somebody's own notes; only what was meant to suppress is worth a complaint.
      if (suggestion) notices.push({ rule: 'invalid-suppression', start, end, message: `"${SUPPRESSION_PREFIX}${form}" is no suppression${suggestion}` });
      continue;
    }
    const bodyAt = start + 2 + head[0].length;
    const { named, unknown, reason } = readBody(comment.value.slice(head[0].length), bodyAt);
    for (const word of unknown) {
      notices.push({ rule: 'invalid-suppression', start: word.start, end: word.end, message: `"${word.text}" is no rule${didYouMean(word.text, RULE_IDS)}` });
    }
    if (reason === undefined && reach !== 'enable') notices.push({ rule: 'unexplained-suppression', start, end, message: 'Give the reason: "-- why this is no leak".' });
    directives.push({ reach, start, end, rules: named, void: named.length === 0 && unknown.length > 0, ...(reason === undefined ? {} : { reason }) });
  }
  return { directives, notices };
}

interface Body {
  readonly named: readonly (Range & { readonly rule: RuleId })[];
  readonly unknown: readonly (Range & { readonly text: string })[];
  readonly reason?: string;
}

/** Reads `RULE[, RULE] -- reason`, which starts at offset `at`. */
function readBody(body: string, at: number): Body {
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(body);
  const names = dashes ? body.slice(0, dashes.index) : body;
  const reason = dashes ? body.slice(dashes.index + dashes[0].length).replace(/[\s*]+$/, '').trim() : '';
  const words = [...names.matchAll(/[^\s,*]+/g)].map((match) => ({ text: match[0], start: at + match.index, end: at + match.index + match[0].length }));
  return {
    named: words.flatMap(({ text, start, end }) => (isRule(text) ? [{ rule: text, start, end }] : [])),
    unknown: words.filter(({ text }) => !isRule(text)),
    ...(reason === '' ? {} : { reason }),
  };
}

function isRule(word: string): word is RuleId {
  return RULE_IDS.some((rule) => rule === word);
}
