import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { classAround, factsOf } from '../events/owners';
import type { Tier } from '../findings';
import { TIERS } from '../findings';
import { lastNameOf } from '../resources/lookup';
import { calleeName, isFunction, rootOf, unwrap, wrapped } from '../syntax/nodes';
import type { Context } from './context';
import { Closures } from './closures';
import { skipsByFlag } from './flagged';
import type { Effect } from './effect';
import type { Landing } from './landing';
import { landingsOf } from './landing';
import type { Obligation } from './obligation';
import { mentionsOf, placeOfVariable } from './place';
import { isPull } from './pulls';
import { belongsElsewhere, isLeftToOthers, isReleasedByKey } from './receivers';
import type { Leak, SearchMode } from './search';
import type { AcquireSite } from './site';
import { asksForMore } from './walks';
import { searchLeak } from './search';
import type { Doubt, Silence, Trace } from './trace';

/** What becomes of an obligation that is not met. Rules turn it into a finding. */
export type Fate =
  /** A path loses it. */
  | { readonly kind: 'leak'; readonly leak: Leak }
  /** Its result is thrown away, or used once and lost. */
  | { readonly kind: 'dropped'; readonly used: TSESTree.Node | undefined }
  /** The promise of it is used as if it were the resource, or thrown away. */
  | { readonly kind: 'not-awaited'; readonly used: TSESTree.Node | undefined }
  /** It is one of several in `Promise.all`: another one's failure loses it. */
  | { readonly kind: 'concurrent'; readonly combinator: TSESTree.CallExpression }
  /** It takes part in `Promise.race`: when it loses it arrives with nobody there. */
  | { readonly kind: 'race'; readonly combinator: TSESTree.CallExpression };

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
  const together = combined(obligation, ctx);
  if (together) return site.lifetime === 'scoped' ? { fate: together, tier: together.kind === 'race' ? 'potential' : 'definite' } : silent('together-unowed');
  if (obligation.unawaited) {
    const misused = usedAsResource(obligation, ctx);
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
  if (!released && !walked && site.lifetime !== 'scoped') return silent('unreleased');
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
    const doubts = doubtsOf(obligation, leak, released, ctx);
    trace?.lowered.push(...doubts.map((because) => ({ because })));
    return { fate: { kind: 'leak', leak }, tier: lower(least(tier, limitOf(obligation, released, doubts, ctx), (others && !released) || early === true ? 'potential' : 'definite'), doubts.length) };
  }
  return silent('met');
}

/** The call stands in a class whose objects have an end: what they begin is not there for the whole program. */
function endsBefore(call: TSESTree.Node): boolean {
  const cls = classAround(call);
  return cls !== undefined && factsOf(cls).disposers.length > 0;
}

/** The most that a leak may be called before doubts come on top of that. */
function limitOf(obligation: Obligation, released: boolean, doubts: readonly Doubt[], ctx: Context): Tier {
  if (released) return 'definite';
  // A model's limit says what a sure leak is worth.
  if (doubts.length > 0) return obligation.site.resource.atMost ?? 'definite';
  // What a callback uses that somebody was given may be in use yet, whatever his name says.
  return capturing(obligation, ctx).escapes ? 'potential' : 'definite';
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

/** What in the circumstances takes a tier off: what is captured and lives on; an owner in the making that is not there yet. */
function doubtsOf(obligation: Obligation, leak: Leak, released: boolean, ctx: Context): readonly Doubt[] {
  const { effects, site } = obligation;
  if (released) {
    if (skipsByFlag(leak, effects, ctx)) return ['flagged'];
    if (site.lifetime === 'scoped') return [];
    // Of what may well outlive the function only a release in its own code says that it should not.
    const direct = effects.effects.some((effect) => effect.kind === 'release' && effect.from !== '*');
    return site.lifetime === 'process' && leak.how === 'throw' && direct ? [] : ['kept-long'];
  }
  if (capturing(obligation, ctx).livesOn) return ['captured'];
  if (leak.how === 'throw' && effects.effects.some((effect) => effect.kind === 'transfer' && effect.how !== 'returned')) return ['owner-in-the-making'];
  // A path that only skips the way out to another owner may be one on which there is no such owner to be.
  return leak.how === 'end' && effects.effects.some((effect) => effect.kind === 'transfer') ? ['skips-transfer'] : [];
}

/** Whether functions inside use the resource that are given away; and whether one of them may be called when this function is over. */
function capturing({ effects, root, site }: Obligation, ctx: Context): { readonly escapes: boolean; readonly livesOn: boolean } {
  const closures = new Closures(root, ctx);
  const users = effects.places.flatMap((place) => mentionsOf(place, root).flatMap((mention) => (rootOf(mention.node) === root ? [] : (closures.around(mention.node) ?? []))));
  return { escapes: users.some((closure) => closures.escapes(closure)), livesOn: users.some((closure) => closures.livesOn(closure) && !(site.resource.drained !== undefined && isPull(closure))) };
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

/** The least certain of several. */
export function least(...tiers: readonly Tier[]): Tier {
  return TIERS[Math.max(...tiers.map((tier) => TIERS.indexOf(tier)))] ?? 'hint';
}

export function lower(tier: Tier, steps: number): Tier {
  return TIERS[Math.min(TIERS.length - 1, TIERS.indexOf(tier) + steps)] ?? 'hint';
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

/** The acquire is an element of `Promise.all([...])`, or is made for each element of `Promise.all(list.map(...))`. */
function combined({ site, landings, root }: Obligation, ctx: Context): Extract<Fate, { kind: 'concurrent' | 'race' }> | undefined {
  if (!site.async || site.holder.in === 'receiver' || site.holder.in === 'callback') return undefined;
  for (const landing of landings.flatMap((one) => throughVariable(one, root, ctx))) {
    if (landing.to === 'argument' && landing.path.length === 1) {
      const combinator = combinatorOf(landing.call, ctx);
      if (combinator && landing.call.type === T.CallExpression && hasFailingSibling(landing.call, site.call)) return { kind: combinator, combinator: landing.call };
    }
    if (landing.to === 'return' && landings.length === 1) {
      const mapped = mappedInto(rootOf(site.call));
      const combinator = mapped && combinatorOf(mapped, ctx);
      if (mapped && combinator) return { kind: combinator, combinator: mapped };
    }
  }
  return undefined;
}

/** Where a value goes that a variable was given, and aliases of that variable. */
function usesOf(landing: Landing, root: Obligation['root'], ctx: Context, depth = 3): Landing[] {
  const variable = landing.to === 'variable' && landing.path.length === 0 && depth > 0 ? ctx.bindings.variableOf(landing.id) : undefined;
  if (variable === undefined) return [landing];
  const further = mentionsOf(placeOfVariable(variable, [], ctx.bindings), root).flatMap((mention) => (mention.write ? [] : landingsOf(mention.node)));
  return further.flatMap((next) => usesOf(next, root, ctx, depth - 1));
}

/** A promise kept in a constant goes where that goes. */
function throughVariable(landing: Landing, root: Obligation['root'], ctx: Context): Landing[] {
  const further = usesOf(landing, root, ctx);
  // Whoever also handles the promise itself sees to what it brings.
  return further.some((next) => next.to === 'method' || next.to === 'return') ? [landing] : further;
}

function combinatorOf(call: TSESTree.Node, ctx: Context): 'concurrent' | 'race' | undefined {
  if (call.type !== T.CallExpression) return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression || callee.object.type !== T.Identifier || callee.object.name !== 'Promise' || !ctx.bindings.isGlobal(callee.object)) return undefined;
  if (callee.property.type !== T.Identifier) return undefined;
  if (callee.property.name === 'all') return 'concurrent';
  return callee.property.name === 'race' || callee.property.name === 'any' ? 'race' : undefined;
}

function hasFailingSibling(combinator: TSESTree.Node, acquire: TSESTree.Node): boolean {
  const [list] = combinator.type === T.CallExpression ? combinator.arguments : [];
  if (list?.type !== T.ArrayExpression) return false;
  return list.elements.some((element) => {
    if (element === null || (element.range[0] <= acquire.range[0] && element.range[1] >= acquire.range[1])) return false;
    const value = unwrap(element);
    return value.type !== T.Literal && value.type !== T.TemplateLiteral;
  });
}

/** `Promise.all(list.map(fn))`: the combinator around the map that runs the function for each element. */
function mappedInto(fn: TSESTree.Node): TSESTree.CallExpression | undefined {
  if (!isFunction(fn)) return undefined;
  const map = fn.parent;
  if (map.type !== T.CallExpression || map.arguments[0] !== fn) return undefined;
  const callee = unwrap(map.callee);
  if (callee.type !== T.MemberExpression || callee.property.type !== T.Identifier || callee.property.name !== 'map') return undefined;
  const { parent } = wrapped(map);
  return parent?.type === T.CallExpression && parent.arguments.length > 0 ? parent : undefined;
}

/** A promise that is thrown away, or whose members are used as the resource's, with nothing that awaits it. */
function usedAsResource({ site, landings, root }: Obligation, ctx: Context): Extract<Fate, { kind: 'not-awaited' }> | undefined {
  if (site.certainty !== 'proof' || site.holder.in !== 'result') return undefined;
  for (const landing of landings) {
    if (landing.to === 'nothing' && mayHaveCallback(site)) return undefined;
    if (landing.to === 'nothing') return landing.at.type === T.ExpressionStatement ? { kind: 'not-awaited', used: undefined } : undefined;
    if (landing.to === 'method' && !isPromiseMethod(landing.name)) return { kind: 'not-awaited', used: landing.call };
    if (landing.to === 'member' && landing.name !== undefined && !isPromiseMethod(landing.name)) return { kind: 'not-awaited', used: landing.member };
    if (landing.to !== 'variable' || landing.path.length > 0) continue;
    if (landing.using) return { kind: 'not-awaited', used: landing.at };
    const variable = ctx.bindings.variableOf(landing.id);
    if (variable === undefined || ctx.bindings.writesOf(variable).length !== 1) continue;
    const members = usesOf(landing, root, ctx);
    const wrong = members.find((use) => use.to === 'method');
    if (wrong?.to === 'method' && members.every((use) => use.to === 'method' && !isPromiseMethod(use.name))) return { kind: 'not-awaited', used: wrong.call };
  }
  return undefined;
}

/** The function takes a callback as well, and what is given last could be one. */
function mayHaveCallback({ call, resource }: AcquireSite): boolean {
  const last = call.arguments.at(-1);
  if (last === undefined || [T.Literal, T.TemplateLiteral, T.ObjectExpression].includes(unwrap(last).type)) return false;
  const name = calleeName(call);
  return resource.acquires.some((acquire) => acquire.holder?.in === 'callback' && lastNameOf(acquire.call) === name);
}

function isPromiseMethod(name: string): boolean {
  return name === 'then' || name === 'catch' || name === 'finally';
}
