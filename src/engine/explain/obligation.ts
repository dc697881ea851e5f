import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../findings';
import type { Context } from '../ownership/context';
import type { Effect } from '../ownership/effect';
import type { SearchMode } from '../ownership/search';
import type { AcquireSite } from '../ownership/site';
import { DOUBTS, SILENCES, type Lowering, type SearchRecord } from '../ownership/trace';
import type { Fate } from '../ownership/verdict';
import { witnessOf } from '../rules/witness';
import { subjectOf } from '../rules/words';
import type { CallNode } from '../syntax/nodes';
import { isFunction, rootOf, staticName } from '../syntax/nodes';
import type { Judged } from './explain';
import type { DeedExplanation, EffectExplanation, ObligationExplanation, Owner, SearchExplanation } from './explanation';

export function explainObligation({ obligation, findings, trace }: Judged, ctx: Context): ObligationExplanation {
  const { site, root, effects, name } = obligation;
  const { fate, tier } = trace.verdict ?? {};
  return {
    acquire: rangeOf(site.call),
    owner: describeRoot(root),
    ...(name === undefined ? {} : { name }),
    model: site.resource.id,
    noun: site.resource.noun,
    family: site.resource.family,
    lifetime: site.lifetime,
    holder: HOLDERS[site.holder.in],
    certainty: site.certainty,
    effects: effects.effects.map((effect) => describeEffect(effect, ctx)).sort((one, other) => one.start - other.start),
    searches: trace.searches.map((search) => describeSearch(search, obligation, ctx)),
    verdict: fate === undefined ? SILENCES[trace.silence ?? 'met'] : FATES[fate.kind],
    ...(tier === undefined ? {} : { tier: findings[0]?.tier ?? tier }),
    rules: trace.fitting ?? [],
    lowered: fate === undefined ? [] : trace.lowered.map(describeLowering),
    findings,
  };
}

/** What a call does to resources that other calls of the file acquired. */
export function explainDeeds(call: CallNode, judged: readonly Judged[], ctx: Context): DeedExplanation[] {
  return judged.flatMap(({ obligation }) => {
    if (obligation.site.call === call) return [];
    return obligation.effects.effects
      .filter((effect) => effect.call === call || effect.at === call)
      .map((effect): DeedExplanation => ({ ...rangeOf(effect.at), words: wordsOf(effect), acquire: rangeOf(obligation.site.call), name: subjectOf(obligation).replaceAll('`', '') || ctx.excerpt(obligation.site.call) }));
  });
}

/** The function, class part or module that a node stands in. */
export function ownerOf(node: TSESTree.Node): Owner {
  return describeRoot(rootOf(node));
}

function describeRoot(root: TSESTree.Node): Owner {
  const range = rangeOf(root);
  if (root.type === T.Program) return { ...range, kind: 'module' };
  if (!isFunction(root)) return { ...range, kind: 'initialiser' };
  const { parent } = root;
  const named = root.type !== T.ArrowFunctionExpression && root.id ? root.id.name : nameGivenBy(parent);
  const kind = parent.type === T.MethodDefinition ? 'method' : 'function';
  return { ...range, kind, ...(named === undefined ? {} : { name: named }) };
}

function nameGivenBy(parent: TSESTree.Node): string | undefined {
  if (parent.type === T.VariableDeclarator) return parent.id.type === T.Identifier ? parent.id.name : undefined;
  return parent.type === T.MethodDefinition || parent.type === T.Property || parent.type === T.PropertyDefinition ? staticName(parent) : undefined;
}

const HOLDERS: Readonly<Record<AcquireSite['holder']['in'], string>> = {
  result: 'the result of the call',
  member: 'a member of its result',
  receiver: 'what it is called on',
  argument: 'what it is given',
  callback: 'a parameter of its callback',
  nothing: 'nothing: it is a section from one call to another',
};

const FATES: Readonly<Record<Fate['kind'], string>> = {
  leak: 'a path loses it',
  dropped: 'its result is thrown away, or used once and lost',
  'not-awaited': 'its promise is used as if it were the resource, or thrown away',
  concurrent: 'it is one of several in Promise.all: the failure of another loses it',
  race: 'it takes part in Promise.race: when it loses, it arrives with nobody there',
};

function describeEffect(effect: Effect, ctx: Context): EffectExplanation {
  return { ...rangeOf(effect.at), kind: effect.kind, words: wordsOf(effect), code: ctx.excerpt(effect.at) };
}

function wordsOf({ kind, how, lent, releases, to }: Effect): string {
  switch (kind) {
    case 'release':
      return 'releases it';
    case 'transfer':
      return `${TRANSFERS[how ?? 'passed']}${releases === true ? ', which releases it' : ''}`;
    case 'unknown':
      return `gives it to a function that nobody knows${lent === true ? ', which most likely only uses it' : ', which may keep it'}`;
    case 'alias':
      return `holds it too${to === undefined || to.variable === 'this' ? '' : `: ${[to.variable.name, ...to.path].join('.')}`}`;
    case 'lend':
      return 'lends it to whoever takes what is yielded';
    case 'wrong':
      return 'is mistaken for the release';
    case 'fulfilled':
      return 'releases it when the promise is fulfilled, and not when it is rejected';
  }
}

const TRANSFERS: Readonly<Record<NonNullable<Effect['how']>, string>> = {
  returned: 'gives it to the caller',
  stored: 'gives it to what it is stored in',
  passed: 'gives it to a function that owns it from then on',
  scoped: 'is a scope that releases it at its end',
  settled: 'lets it come to its own end',
  captured: 'gives it to a closure',
  'taken apart': 'takes it apart',
};

const THROWS: Readonly<Record<SearchMode['throws'], string>> = { none: 'no errors', likely: 'likely errors', all: 'all errors' };
const UNKNOWN: Readonly<Record<SearchMode['unknown'], string>> = {
  takes: 'unknown functions take it',
  lends: 'unknown functions that look like it give it back',
  borrows: 'unknown functions give it back',
};

const OUTCOMES: Readonly<Record<SearchRecord['outcome'], string>> = {
  leak: 'finds a path',
  none: 'finds no path: each meets a release or a transfer',
  skipped: 'left out: it needs the evidence of a release, and nothing here releases it',
  'gave-up': 'gave up: too many states',
};

function describeSearch({ mode, tier, outcome, leak }: SearchRecord, obligation: Judged['obligation'], ctx: Context): SearchExplanation {
  return { assumes: `${THROWS[mode.throws]}, ${UNKNOWN[mode.unknown]}`, outcome, words: OUTCOMES[outcome], tier, ...(leak ? { path: witnessOf(obligation, leak, ctx) } : {}) };
}

function describeLowering({ because, to }: Lowering): string {
  return to === undefined ? `a tier down: ${DOUBTS[because]}` : `${to} at most: ${DOUBTS[because]}`;
}

function rangeOf(node: TSESTree.Node): Range {
  return { start: node.range[0], end: node.range[1] };
}
