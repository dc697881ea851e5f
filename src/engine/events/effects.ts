import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Tier } from '../findings';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { calleeName, isFunction, lastName, rootOf, staticName, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { isPageOrProcess } from './lasting';
import { isRemovedIn, listeningOf } from './listening';
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

/** The function of an effect that gives no cleanup on any path; undefined for other calls and for effects that do. */
export function effectWithoutCleanup(node: TSESTree.Node, ctx: Context): FunctionNode | undefined {
  if (node.type !== T.CallExpression || !EFFECTS.has(ctx.calleeName(node) ?? '')) return undefined;
  const [effect] = node.arguments;
  // `() => subscribe(f)` gives what `subscribe` gives.
  if (!isFunction(effect) || effect.async || effect.body?.type !== T.BlockStatement) return undefined;
  let gives = false;
  walk(effect.body, (inner) => {
    if (inner.type === T.ReturnStatement && inner.argument !== null && rootOf(inner) === effect) gives = true;
  });
  return gives ? undefined : effect;
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

/** What the effect begins in its own code and that nothing there or in the component ends. */
export function begunIn(effect: FunctionNode, ctx: Context): Begun[] {
  const found: Begun[] = [];
  if (effect.body === null) return found;
  walk(effect.body, (node) => {
    if ((node.type !== T.CallExpression && node.type !== T.NewExpression) || rootOf(node) !== effect) return;
    const begun = node.type === T.CallExpression ? (intervalOf(node, effect, ctx) ?? listenerOf(node, ctx) ?? subscriptionOf(node, ctx)) : connectionOf(node, effect, ctx);
    if (begun) found.push(begun);
  });
  return found;
}

function intervalOf(call: TSESTree.CallExpression, effect: FunctionNode, ctx: Context): Begun | undefined {
  const callee = unwrap(call.callee);
  const global = callee.type === T.Identifier ? ctx.bindings.isGlobal(callee) : callee.type === T.MemberExpression && lastName(callee.object) === 'window';
  if (calleeName(call) !== 'setInterval' || !global || escapes(call, effect, ctx) || calls(effect, /^clear(Interval|Timeout)$/)) return undefined;
  return { call, noun: 'interval', family: 'timer', tier: 'definite' };
}

/** The value goes where other code may end it: a ref, a state, a variable of the component. */
function escapes(value: TSESTree.Node, effect: FunctionNode, ctx: Context, depth = 4): boolean {
  return landingsOf(value).some((landing) => {
    if (landing.to === 'nothing' || landing.to === 'method' || landing.to === 'member' || landing.to === 'looked-at') return false;
    const variable = landing.to === 'variable' && depth > 0 ? ctx.bindings.variableOf(landing.id) : undefined;
    if (variable === undefined || ctx.bindings.ownerOf(variable) !== effect) return true;
    return variable.references.some((reference) => reference.isRead() && escapes(reference.identifier, effect, ctx, depth - 1));
  });
}

function calls(scope: FunctionNode, name: RegExp): boolean {
  let found = false;
  walk(scope, (node) => {
    if (node.type === T.CallExpression && name.test(calleeName(node) ?? '')) found = true;
  });
  return found;
}

function listenerOf(call: TSESTree.CallExpression, ctx: Context): Begun | undefined {
  const listening = listeningOf(call);
  if (listening === undefined || listening.signalled || listening.once) return undefined;
  const lasting = isPageOrProcess(unwrap(listening.target), ctx);
  // Beside the page only what a module exports is known to stay.
  if (!lasting && (standingOf(listening.target, ctx) !== 'global' || call.callee.type !== T.MemberExpression || staticName(call.callee) !== 'on')) return undefined;
  if (isRemovedIn(componentOf(call), listening, ctx)) return undefined;
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
function connectionOf(call: TSESTree.NewExpression, effect: FunctionNode, ctx: Context): Begun | undefined {
  if (call.callee.type !== T.Identifier || !/^(EventSource|WebSocket)$/.test(call.callee.name) || !ctx.bindings.isGlobal(call.callee)) return undefined;
  if (escapes(call, effect, ctx) || calls(effect, /^close$/)) return undefined;
  return { call, noun: call.callee.name, family: 'socket', tier: 'potential' };
}
