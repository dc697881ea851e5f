import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Tier } from '../findings';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { calleeName, isFunction, lastName, rootOf, staticName, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { isPageOrProcess } from './lasting';
import { listeningOf, removalsIn, sameTarget } from './listening';
import { completesItself, givesSubscription, isDropped, mayGiveSubscription, targetOf } from './subscribing';
import { standingOf } from './targets';

/** Something that an effect begins and that goes on after the component. */
export interface Begun {
  readonly call: CallNode;
  readonly noun: string;
  readonly family: 'timer' | 'listener' | 'socket' | 'disposable';
  readonly tier: Tier;
}

const EFFECTS = new Set(['useEffect', 'useLayoutEffect', 'useInsertionEffect']);

/** An effect of a component, and whether it gives a cleanup on some path. */
export interface Effect {
  readonly fn: FunctionNode;
  readonly gives: boolean;
}

/** The effect that a call hands to the component; undefined for other calls and for effects whose value is what another call gives. */
export function effectOf(node: TSESTree.Node, ctx: Context): Effect | undefined {
  if (node.type !== T.CallExpression || !EFFECTS.has(ctx.calleeName(node) ?? '')) return undefined;
  const [fn] = node.arguments;
  // `() => subscribe(f)` gives what `subscribe` gives.
  if (!isFunction(fn) || fn.async || fn.body?.type !== T.BlockStatement) return undefined;
  let gives = false;
  walk(fn.body, (inner) => {
    if (inner.type === T.ReturnStatement && givesCleanup(inner) && rootOf(inner) === fn) gives = true;
  });
  return { fn, gives };
}

/** A `return` of an effect that gives something. */
export function givesCleanup({ argument }: TSESTree.ReturnStatement): boolean {
  return argument !== null && !(argument.type === T.Identifier && argument.name === 'undefined');
}

/** The calls in the effect's own code that may begin something, for which types are asked. */
export function callsOf(effect: FunctionNode): TSESTree.CallExpression[] {
  const calls: TSESTree.CallExpression[] = [];
  if (effect.body === null) return calls;
  walk(effect.body, (node) => {
    if (node.type === T.CallExpression && rootOf(node) === effect && mayGiveSubscription(node)) calls.push(node);
  });
  return calls;
}

/** What the effect begins in its own code and that nothing ends: nothing at all, or nothing but what it gives as its cleanup. */
export function begunIn({ fn, gives }: Effect, ctx: Context): Begun[] {
  const found: Begun[] = [];
  if (fn.body === null) return found;
  const seen: Seen = gives ? { fn, counts: (node) => rootOf(node) === fn } : { fn, counts: () => true };
  walk(fn.body, (node) => {
    if ((node.type !== T.CallExpression && node.type !== T.NewExpression) || rootOf(node) !== fn) return;
    const begun = node.type === T.CallExpression ? (intervalOf(node, seen, ctx) ?? listenerOf(node, seen, ctx) ?? subscriptionOf(node, ctx)) : connectionOf(node, seen, ctx);
    if (begun) found.push(begun);
  });
  return found;
}

/** The effect, and which code counts when one asks whether something is ended: all, or only what runs as the effect runs. */
interface Seen {
  readonly fn: FunctionNode;
  readonly counts: (node: TSESTree.Node) => boolean;
}

function intervalOf(call: TSESTree.CallExpression, seen: Seen, ctx: Context): Begun | undefined {
  const callee = unwrap(call.callee);
  const global = callee.type === T.Identifier ? ctx.bindings.isGlobal(callee) : callee.type === T.MemberExpression && lastName(callee.object) === 'window';
  if (calleeName(call) !== 'setInterval' || !global || escapes(call, seen, ctx) || calls(seen, /^clear(Interval|Timeout)$/)) return undefined;
  return { call, noun: 'interval', family: 'timer', tier: 'definite' };
}

/** The value goes where other code may end it: a ref, a state, a variable of the component. */
function escapes(value: TSESTree.Node, seen: Seen, ctx: Context, depth = 4): boolean {
  return landingsOf(value).some((landing) => {
    if (landing.to === 'nothing' || landing.to === 'method' || landing.to === 'member' || landing.to === 'looked-at') return false;
    const variable = landing.to === 'variable' && depth > 0 ? ctx.bindings.variableOf(landing.id) : undefined;
    if (variable === undefined || ctx.bindings.ownerOf(variable) !== seen.fn) return true;
    return variable.references.some((reference) => reference.isRead() && seen.counts(reference.identifier) && escapes(reference.identifier, seen, ctx, depth - 1));
  });
}

function calls({ fn, counts }: Seen, name: RegExp): boolean {
  let found = false;
  walk(fn, (node) => {
    if (node.type === T.CallExpression && counts(node) && name.test(calleeName(node) ?? '')) found = true;
  });
  return found;
}

function listenerOf(call: TSESTree.CallExpression, seen: Seen, ctx: Context): Begun | undefined {
  const listening = listeningOf(call);
  if (listening === undefined || listening.signalled || listening.once) return undefined;
  const lasting = isPageOrProcess(unwrap(listening.target), ctx);
  // Beside the page only what a module exports is known to stay.
  if (!lasting && (standingOf(listening.target, ctx) !== 'global' || call.callee.type !== T.MemberExpression || staticName(call.callee) !== 'on')) return undefined;
  if (removalsIn(componentOf(call), listening, ctx).some((removal) => seen.counts(removal) && sameTarget(removal, listening.target, ctx))) return undefined;
  return { call, noun: 'listener', family: 'listener', tier: lasting ? 'definite' : 'potential' };
}

function componentOf(node: TSESTree.Node): TSESTree.Node {
  let widest = node;
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = at.parent) if (isFunction(at)) widest = at;
  return widest;
}

function subscriptionOf(call: TSESTree.CallExpression, ctx: Context): Begun | undefined {
  if (!mayGiveSubscription(call) || !isDropped(call) || completesItself(call, ctx)) return undefined;
  const target = targetOf(call);
  if (givesSubscription(ctx.callFact(call), calleeName(call) ?? '') !== true || (target && standingOf(target, ctx) === 'own')) return undefined;
  return { call, noun: 'subscription', family: 'listener', tier: 'potential' };
}

/** A connection that pushes: it stays open until somebody closes it. */
function connectionOf(call: TSESTree.NewExpression, seen: Seen, ctx: Context): Begun | undefined {
  if (call.callee.type !== T.Identifier || !/^(EventSource|WebSocket)$/.test(call.callee.name) || !ctx.bindings.isGlobal(call.callee)) return undefined;
  if (escapes(call, seen, ctx) || calls(seen, /^close$/)) return undefined;
  return { call, noun: call.callee.name, family: 'socket', tier: 'potential' };
}
