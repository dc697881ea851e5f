import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { Tier } from '../findings';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { sameText } from '../ownership/releases';
import { endsByName, releasesByName } from '../resources/ownedNames';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { calleeName, isCall, isFunction, lastName, receiverOf, rootOf, staticName, unwrap, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { isLeftByEffect, makesEndingObject, mayMakeObject } from './effectObjects';
import type { Effect } from './effects';
import { endlessFrames } from './frameLoops';
import { isPageOrProcess } from './lasting';
import { isOfOther, listeningOf, removalsIn, sameTarget } from './listening';
import { completesItself, givesSubscription, mayGiveSubscription } from './subscribing';
import { standingOf } from './targets';

/** Something that an effect begins and that goes on after the component. */
export interface Begun {
  readonly call: CallNode;
  readonly noun: string;
  readonly family: 'timer' | 'listener' | 'socket' | 'disposable';
  readonly tier: Tier;
}

/** The calls in the effect's own code that may begin something, for which types are asked. */
export function callsOf({ fn }: Effect): CallNode[] {
  const calls: CallNode[] = [];
  if (fn.body === null) return calls;
  walk(fn.body, (node) => {
    if (isCall(node) && runsIn(node, fn) && ((node.type === T.CallExpression && maySubscribe(node)) || mayMakeObject(node))) calls.push(node);
  });
  return calls;
}

/** It runs as the effect runs: in its own code, or in what that does for each element of a list. */
function runsIn(node: TSESTree.Node, fn: FunctionNode): boolean {
  const root = rootOf(node);
  if (root === fn) return true;
  const { parent } = root;
  return root.type === T.ArrowFunctionExpression && parent?.type === T.CallExpression && parent.arguments[0] === root && calleeName(parent) === 'forEach' && rootOf(parent) === fn;
}

/** The effect, and which code counts when one asks whether something is ended. */
interface Seen {
  readonly fn: FunctionNode;
  readonly counts: (node: TSESTree.Node) => boolean;
}

/**
 * What the effect begins in its own code and that nothing there, in its cleanup or in the component ends. With `own` only what runs as the
 * effect runs counts: what it begins that nothing but a cleanup ends.
 */
export function begunIn({ fn, gives }: Effect, ctx: Context, own?: 'own'): Begun[] {
  const seen: Seen = own ? { fn, counts: (node) => rootOf(node) === fn } : { fn, counts: () => true };
  const found: Begun[] = [];
  if (fn.body === null) return found;
  walk(fn.body, (node) => {
    if (!isCall(node) || !runsIn(node, fn)) return;
    const begun = (node.type === T.CallExpression ? (intervalOf(node, seen, ctx) ?? framesOf(node, seen, ctx) ?? listenerOf(node, seen, ctx) ?? subscriptionOf(node, seen, ctx)) : (connectionOf(node, seen, ctx) ?? observerOf(node, seen, ctx))) ?? (own === undefined ? objectOf(node, fn, ctx) : undefined);
    // Whoever wrote a cleanup may have had a reason to leave something out of it.
    if (begun) found.push(gives && begun.tier === 'definite' ? { ...begun, tier: 'potential' } : begun);
  });
  return found;
}

function intervalOf(call: TSESTree.CallExpression, seen: Seen, ctx: Context): Begun | undefined {
  const callee = unwrap(call.callee);
  const global = callee.type === T.Identifier ? ctx.bindings.isGlobal(callee) : callee.type === T.MemberExpression && lastName(callee.object) === 'window';
  if (calleeName(call) !== 'setInterval' || !global || isEnded(call, seen, ctx)) return undefined;
  return { call, noun: 'interval', family: 'timer', tier: 'definite' };
}

/** `requestAnimationFrame(draw)`, where `draw` asks for itself again and nothing in the component takes that back. */
function framesOf(call: TSESTree.CallExpression, seen: Seen, ctx: Context): Begun | undefined {
  const noun = endlessFrames(call, componentOf(seen.fn), ctx);
  return noun === undefined || holderOf(call, seen.fn, ctx).kept ? undefined : { call, noun, family: 'timer', tier: 'potential' };
}

function listenerOf(call: TSESTree.CallExpression, seen: Seen, ctx: Context): Begun | undefined {
  const listening = listeningOf(call);
  if (listening === undefined || listening.signalled || listening.once) return undefined;
  const lasting = isPageOrProcess(unwrap(listening.target), ctx);
  // Beside the page only what a module exports is known to stay.
  if (!lasting && (standingOf(listening.target, ctx) !== 'global' || call.callee.type !== T.MemberExpression || staticName(call.callee) !== 'on')) return undefined;
  if (removalsIn(componentOf(call), listening, ctx).some((removal) => seen.counts(removal) && sameTarget(removal, listening.target, ctx) && !isOfOther(removal, listening.listener, ctx)) || isGivenElsewhere(listening.listener, call, seen, ctx)) return undefined;
  if (!lasting && isTargetEnded(listening.target, seen, ctx)) return undefined;
  // `const off = ipcRenderer.on(...)`, where somebody has made it give what takes the listener off.
  if (isEnded(call, seen, ctx)) return undefined;
  return { call, noun: 'listener', family: 'listener', tier: lasting ? 'definite' : 'potential' };
}

/** The listener's own function is given to what may take it off: by its name, or in the cleanup. */
function isGivenElsewhere(listener: TSESTree.Node, call: TSESTree.CallExpression, seen: Seen, ctx: Context): boolean {
  const variable = ctx.bindings.variableOf(unwrap(listener));
  return variable !== undefined && variable.references.some(({ identifier }) => seen.counts(identifier) && !within(identifier, call) && landingsOf(identifier).some((landing) => landing.to === 'argument' && mayTakeOff(landing.call, call)));
}

function mayTakeOff(other: CallNode, call: TSESTree.CallExpression): boolean {
  if (endsByName(calleeName(other) ?? '')) return true;
  const effect = rootOf(call);
  for (let at: TSESTree.Node | undefined = other.parent; at !== undefined && at !== effect; at = at.parent) if (at.type === T.ReturnStatement && rootOf(at) === effect) return true;
  return false;
}

function componentOf(node: TSESTree.Node): TSESTree.Node {
  let widest = node;
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = at.parent) if (isFunction(at)) widest = at;
  return widest;
}

function subscriptionOf(call: TSESTree.CallExpression, seen: Seen, ctx: Context): Begun | undefined {
  if (!maySubscribe(call) || completesItself(call, ctx) || isEnded(call, seen, ctx)) return undefined;
  const target = receiverOf(call);
  const gives = givesSubscription(ctx.callFact(call), calleeName(call) ?? '');
  if (gives === false || (gives === undefined && !isNamedAsEnd(call, seen, ctx)) || (target && (standingOf(target, ctx) === 'own' || isTargetEnded(target, seen, ctx)))) return undefined;
  return { call, noun: 'subscription', family: 'listener', tier: 'potential' };
}

/** Also `watch(listener)`, as forms and stores call it. */
function maySubscribe(call: TSESTree.CallExpression): boolean {
  return mayGiveSubscription(call) || (calleeName(call) === 'watch' && isFunction(call.arguments[0]));
}

/** Nobody knows what the call gives, and the code calls it what ends the subscription. */
function isNamedAsEnd(call: TSESTree.CallExpression, seen: Seen, ctx: Context): boolean {
  const name = holderOf(call, seen.fn, ctx).variable?.name ?? '';
  return /^(un(sub|listen|register|watch|observe|bind)|off|stop|dispos|remove|cleanup|teardown|subscription)/i.test(name);
}

/** What is listened to is ended by the effect itself. */
function isTargetEnded(target: TSESTree.Node, seen: Seen, ctx: Context): boolean {
  let ended = false;
  walk(seen.fn, (node) => {
    if (node.type === T.CallExpression && seen.counts(node) && releasesByName(calleeName(node) ?? '') && sameText(receiverOf(node), target, ctx)) ended = true;
  });
  return ended;
}

/** A connection that pushes: it stays open until somebody closes it. */
function connectionOf(call: TSESTree.NewExpression, seen: Seen, ctx: Context): Begun | undefined {
  if (call.callee.type !== T.Identifier || !/^(EventSource|WebSocket)$/.test(call.callee.name) || !ctx.bindings.isGlobal(call.callee) || isEnded(call, seen, ctx)) return undefined;
  return { call, noun: call.callee.name, family: 'socket', tier: 'potential' };
}

/** An observer that the effect starts: each run of the effect leaves one more on what it observes. */
function observerOf(call: TSESTree.NewExpression, seen: Seen, ctx: Context): Begun | undefined {
  if (call.callee.type !== T.Identifier || !/^(Resize|Mutation|Intersection|Performance)Observer$/.test(call.callee.name) || !ctx.bindings.isGlobal(call.callee)) return undefined;
  const { variable } = holderOf(call, seen.fn, ctx);
  const starts = variable?.references.some(({ identifier }) => landingsOf(identifier).some((landing) => landing.to === 'method' && landing.name === 'observe'));
  if (!starts || isEnded(call, seen, ctx)) return undefined;
  return { call, noun: call.callee.name, family: 'disposable', tier: 'potential' };
}

/** An object that has an end of its own, which the effect makes for itself or for the component. */
function objectOf(call: CallNode, effect: FunctionNode, ctx: Context): Begun | undefined {
  if (!makesEndingObject(call, ctx) || !isLeftByEffect(call, effect, ctx)) return undefined;
  return { call, noun: ctx.callFact(call)?.result.symbol?.name ?? ctx.calleeName(call) ?? 'object', family: 'disposable', tier: 'potential' };
}

/** Something in the effect ends the value, or lets other code have it that may: a ref, a state, a variable of the component. */
function isEnded(value: TSESTree.Node, seen: Seen, ctx: Context, depth = 4): boolean {
  const { variable, kept } = holderOf(value, seen.fn, ctx);
  if (kept) return true;
  if (variable === undefined) return landingsOf(value).some((landing) => landing.to === 'called' || (landing.to === 'method' && endsByName(landing.name)));
  if (depth === 0) return true;
  return variable.references.some((reference) => reference.isRead() && seen.counts(reference.identifier) && isEnded(reference.identifier, seen, ctx, depth - 1));
}

/** The variable of the effect that alone has the value; `kept` when it goes anywhere else. */
function holderOf(value: TSESTree.Node, effect: FunctionNode, ctx: Context): { readonly variable?: Variable; readonly kept: boolean } {
  const landings = landingsOf(value).filter(({ to }) => to !== 'nothing' && to !== 'method' && to !== 'member' && to !== 'looked-at' && to !== 'called');
  const [landing, ...more] = landings;
  if (landing === undefined) return { kept: false };
  const variable = landing.to === 'variable' && more.length === 0 ? ctx.bindings.variableOf(landing.id) : undefined;
  return variable === undefined || ctx.bindings.ownerOf(variable) !== effect ? { kept: true } : { variable, kept: false };
}
