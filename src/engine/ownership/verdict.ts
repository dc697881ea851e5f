import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { classAround, factsOf } from '../events/owners';
import type { Tier } from '../findings';
import { least, lower } from '../findings';
import type { Context } from './context';
import { doubtsOf, isTakenByWord, limitOf } from './doubts';
import type { Effect } from './effect';
import type { Landing } from './landing';
import type { Obligation } from './obligation';
import { isMadeForOneUse } from './oneUse';
import type { Combination, Misuse } from './promiseFate';
import { combinationOf, misuseOf } from './promiseFate';
import { belongsElsewhere, isLeftToOthers, isReleasedByKey } from './receivers';
import type { Leak, SearchMode } from './search';
import { searchLeak } from './search';
import type { Silence, Trace } from './trace';
import { asksForMore } from './walks';

/** What becomes of an obligation that is not met. Rules turn it into a finding. */
export type Fate =
  /** A path loses it. */
  | { readonly kind: 'leak'; readonly leak: Leak }
  /** Its result is thrown away, or used once and lost. */
  | { readonly kind: 'dropped'; readonly used: TSESTree.Node | undefined }
  | Misuse
  | Combination;

export interface Verdict {
  readonly obligation: Obligation;
  readonly fate: Fate;
  /** What the evidence alone allows; rules, models and test code may lower it. */
  readonly tier: Tier;
  /** This function releases the resource on some path. */
  readonly released: boolean;
  /** This function hands the resource to its caller on some path. */
  readonly returned: boolean;
  /** It hands the resource on in another way on some path. */
  readonly handedOn: boolean;
}

/** The searches, from the most certain to the least; each assumes what the one before did not. */
const SEARCHES: readonly { mode: SearchMode; tier: Tier; needsEvidence: boolean }[] = [
  { mode: { throws: 'none', unknown: 'takes' }, tier: 'definite', needsEvidence: false },
  { mode: { throws: 'likely', unknown: 'takes' }, tier: 'definite', needsEvidence: false },
  { mode: { throws: 'none', unknown: 'lends' }, tier: 'potential', needsEvidence: false },
  { mode: { throws: 'all', unknown: 'takes' }, tier: 'potential', needsEvidence: true },
  { mode: { throws: 'none', unknown: 'borrows' }, tier: 'potential', needsEvidence: true },
  { mode: { throws: 'likely', unknown: 'borrows' }, tier: 'potential', needsEvidence: true },
];

/** Decides whether an obligation is met; undefined when it is, or when nothing may be said. */
export function judge(obligation: Obligation, ctx: Context, trace?: Trace): Verdict | undefined {
  const { effects } = obligation.effects;
  // What lives as long as the process is often released by a handler of its end: no sign that this function should have.
  const byClosure = obligation.site.lifetime !== 'process';
  const released = effects.some((effect) => (effect.kind === 'release' && !effect.release?.incidental) || effect.kind === 'wrong' || effect.kind === 'fulfilled' || (byClosure && effect.releases === true));
  const returned = effects.some((effect) => effect.kind === 'transfer' && effect.how === 'returned');
  const handedOn = effects.some((effect) => effect.kind === 'transfer' && effect.how !== 'returned');
  const fate = decide(obligation, released, ctx, trace);
  if (fate === undefined) return undefined;
  return { obligation, released, returned, handedOn, fate: fate.fate, tier: fate.tier };
}

function decide(obligation: Obligation, released: boolean, ctx: Context, trace: Trace | undefined): { fate: Fate; tier: Tier } | undefined {
  const { site, root, effects } = obligation;
  const silent = (because: Silence): undefined => {
    if (trace) trace.silence = because;
    return undefined;
  };
  if (site.lifetime === 'moment') return silent('moment');
  const together = combinationOf(obligation, ctx);
  if (together) return site.lifetime === 'scoped' ? { fate: together, tier: together.kind === 'race' ? 'potential' : 'definite' } : silent('together-unowed');
  if (obligation.unawaited) {
    const misused = misuseOf(obligation, ctx);
    return misused ? { fate: misused, tier: 'definite' } : silent('promise-kept');
  }
  // What a module holds at its top level lives as long as the process.
  if (root.type === T.Program) return silent('module');
  if (!released && isReleasedByKey(obligation, ctx) && isDropped(obligation, ctx)) return silent('elsewhere');
  if (site.lifetime === 'scoped' && isDropped(obligation, ctx)) return { fate: { kind: 'dropped', used: firstUse(obligation.landings) }, tier: 'definite' };
  if (site.resource.family === 'watcher' && isDropped(obligation, ctx) && endsBefore(site.call)) return { fate: { kind: 'dropped', used: firstUse(obligation.landings) }, tier: 'potential' };
  if (site.holder.in === 'result' && effects.effects.length === 0 && effects.places.length === 0) return silent('unfollowed');
  // Without a release in this function, what ends by itself or belongs to somebody else is nobody's to judge.
  if (endsItself(obligation)) return silent('ends-itself');
  if (wasGivenAway(obligation)) return silent('given-away');
  const walked = isWalked(obligation, ctx);
  const once = !released && site.lifetime === 'process' && isMadeForOneUse(obligation);
  if (!released && !walked && !once && site.lifetime !== 'scoped') return silent('unreleased');
  const others = belongsElsewhere(obligation, ctx);
  if (!released && others && isLeftToOthers(obligation, ctx)) return silent('elsewhere');
  for (const { mode, tier, needsEvidence } of SEARCHES) {
    if (needsEvidence && !released) {
      trace?.searches.push({ mode, tier, outcome: 'skipped' });
      continue;
    }
    const { leak, complete } = searchLeak(obligation.input, mode, ctx);
    trace?.searches.push({ mode, tier, outcome: leak ? 'leak' : complete ? 'none' : 'gave-up', ...(leak ? { leak } : {}) });
    // What ends by itself is often released on one path only, to end it early; so are sections that names alone tell: only an error then counts.
    const early = leak && walked && leavesWalk(leak, obligation, ctx);
    if (leak && !goesByError(leak) && !early && (site.lifetime === 'self' || site.holder.in === 'nothing')) return silent('ended-early');
    if (leak === undefined) continue;
    // Without a release only the way out of the walk says that it is left before its end.
    if (!released && walked && (!early || goesByError(leak))) return silent('ended-early');
    if (isTakenByWord(leak, effects, ctx)) return silent('taken');
    const doubts = doubtsOf(obligation, leak, released, ctx);
    trace?.lowered.push(...doubts.map((because) => ({ because })));
    return { fate: { kind: 'leak', leak }, tier: lower(least(tier, limitOf(obligation, released, doubts, ctx), (others && !released) || early === true || once ? 'potential' : 'definite'), doubts.length) };
  }
  return silent('met');
}

/** The call stands in a class whose objects have an end: what they begin is not there for the whole program. */
function endsBefore(call: TSESTree.Node): boolean {
  const cls = classAround(call);
  return cls !== undefined && factsOf(cls).disposers.length > 0;
}

/** The function takes out what the resource gives, in a loop that ends when there is no more. */
function isWalked({ site, effects, input }: Obligation, ctx: Context): boolean {
  const places = effects.places.map((place) => place.key);
  return site.resource.walked !== undefined && input.graph.nodes.some((node) => asksForMore(node, site, places, ctx));
}

/** The path goes through that loop, and out of it before there was no more. */
function leavesWalk(leak: Leak, { site, effects }: Obligation, ctx: Context): boolean {
  const places = effects.places.map((place) => place.key);
  return leak.path.some(({ node, edge }) => edge?.kind === 'true' && asksForMore(node, site, places, ctx));
}

/** An error is what leaves the release out, whether it leaves the function or is caught. */
function goesByError({ how, path }: Leak): boolean {
  return how === 'throw' || path.some(({ edge }) => edge?.kind === 'throw');
}

/** A callback that releases has it already: one that the acquire itself was given (an interval that clears itself), or one that was given away before. */
function endsItself({ site, effects }: Obligation): boolean {
  const wasGiven = (effect: Effect): boolean => effect.releases === true && effect.inside === undefined && effect.at.range[1] <= site.call.range[0];
  return effects.effects.some((effect) => effect.kind === 'transfer' && effect.how === 'captured' && (effect.at === site.call || wasGiven(effect)));
}

/** Somebody else had the receiver before this function acquired anything on it. */
function wasGivenAway({ site, effects }: Obligation): boolean {
  if (site.holder.in !== 'receiver' && site.holder.in !== 'argument') return false;
  return effects.effects.some((effect) => effect.kind === 'transfer' && effect.at.range[0] < site.call.range[0] && effect.inside === undefined);
}

function isDropped({ site, landings, effects }: Obligation, ctx: Context): boolean {
  if (site.resource.dropped === 'deliberately' && landings.every((landing) => landing.to === 'nothing')) return false;
  if (site.holder.in !== 'result' && site.holder.in !== 'member') return false;
  // A path is often only the beginning of another one, and removed by that.
  const ofPath = site.resource.value === 'path';
  // Of a library's own resource it is known by what it can be released: a pattern that takes nothing of that leaves it to nobody.
  const isKnown = site.certainty === 'proof' && ctx.models.libraryOf(site.resource) !== undefined;
  const lost: readonly Landing['to'][] = ['nothing', 'looked-at', 'method', 'member', ...(ofPath ? [] : (['argument'] as const)), ...(isKnown && !ofPath ? (['pattern'] as const) : [])];
  return landings.length > 0 && effects.effects.length === 0 && landings.every((landing) => lost.includes(landing.to));
}

function firstUse(landings: readonly Landing[]): TSESTree.Node | undefined {
  for (const landing of landings) {
    if (landing.to === 'method') return landing.call;
    if (landing.to === 'member') return landing.member;
    if (landing.to === 'argument') return landing.call;
    if (landing.to === 'pattern') return landing.pattern;
  }
  return undefined;
}
