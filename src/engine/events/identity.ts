import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { sameText } from '../ownership/releases';
import { calleeName, enclosingClass, isFunction, staticName, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { Listening } from './listening';
import { captureOf, listeningOf, sameTarget } from './listening';

/**
 * Why a removal removes nothing. `made`: the listener that it names is made by the call itself, and was never added. `bound`: what was
 * added is a function around the one that it names. `capture`: the other phase was listened to, which is another listener.
 */
export type Mismatch =
  | { readonly why: 'made'; readonly added: TSESTree.CallExpression | undefined }
  | { readonly why: 'bound' | 'capture'; readonly added: TSESTree.CallExpression };

const REMOVERS: ReadonlySet<string> = new Set(['removeEventListener', 'removeListener', 'off']);

/** The listener that a call wants to take off, by the names of the methods alone. */
export function removedBy(call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const [event, listener] = call.arguments;
  if (!REMOVERS.has(calleeName(call) ?? '') || event === undefined || listener === undefined) return undefined;
  return event.type === T.SpreadElement || listener.type === T.SpreadElement || isFunction(unwrap(event)) ? undefined : listener;
}

/** Why this call takes nothing off; undefined where it may. */
export function mismatchOf(call: TSESTree.CallExpression, ctx: Context): Mismatch | undefined {
  const listener = removedBy(call);
  if (listener === undefined) return undefined;
  const added = addedFor(call, ctx);
  if (isMade(listener)) return { why: 'made', added: added[0]?.call };
  const around = added.filter((listening) => isAround(listening.listener, listener, ctx));
  const [bound] = around;
  if (bound !== undefined && added.every((listening) => isMade(listening.listener))) return { why: 'bound', added: bound.call };
  const same = added.filter((listening) => sameText(listening.listener, listener, ctx));
  const phase = captureOf(call.arguments[2]);
  const [first] = same;
  // One whose phase is not known, or that is put in place through a variable, may be the one.
  if (first === undefined || same.length < added.length || phase === undefined || calleeName(call) !== 'removeEventListener') return undefined;
  return same.every((listening) => captureOf(listening.call.arguments[2]) === !phase) ? { why: 'capture', added: first.call } : undefined;
}

/** The listeners for the same event that the same class (elsewhere: the file) adds to what may be the same target. */
export function addedFor(call: TSESTree.CallExpression, ctx: Context): Listening[] {
  const [event] = call.arguments;
  const remover = calleeName(call) ?? '';
  const known = unwrap(call.callee).type === T.MemberExpression;
  return listeningsIn(enclosingClass(call) ?? ctx.module.ast).filter((listening) => listening.removers.includes(remover) && sameText(listening.event, event, ctx) && (!known || sameTarget(call, listening.target, ctx)));
}

const byScope = new WeakMap<TSESTree.Node, readonly Listening[]>();

/** Every listener that is added below the node: looked for once, however many are taken off there. */
export function listeningsIn(scope: TSESTree.Node): readonly Listening[] {
  const known = byScope.get(scope);
  if (known !== undefined) return known;
  const found: Listening[] = [];
  walk(scope, (node) => {
    const listening = node.type === T.CallExpression ? listeningOf(node) : undefined;
    if (listening !== undefined) found.push(listening);
  });
  byScope.set(scope, found);
  return found;
}

/** A function that the expression makes anew each time that it runs. */
export function isMade(expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  return isFunction(node) || boundIn(node) !== undefined;
}

/** `listener` of `listener.bind(...)`. */
export function boundIn(node: TSESTree.Node): TSESTree.Node | undefined {
  const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
  return callee?.type === T.MemberExpression && staticName(callee) === 'bind' ? callee.object : undefined;
}

/** `listener.bind(this)` and `(event) => listener(event)` are functions around `listener`. */
export function isAround(expression: TSESTree.Node, listener: TSESTree.Node, ctx: Context): boolean {
  const node = unwrap(expression);
  const bound = boundIn(node);
  if (bound !== undefined) return sameText(bound, listener, ctx);
  if (node.type !== T.ArrowFunctionExpression || node.body.type !== T.CallExpression) return false;
  return sameText(node.body.callee, listener, ctx);
}
