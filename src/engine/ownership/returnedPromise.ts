import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { CallQuery } from '../facts';
import type { CallNode } from '../syntax/nodes';
import { calleeName, isCall, isFunction, unwrap } from '../syntax/nodes';
import { PROMISE_PASSING } from './sinks';
import type { Context } from './context';
import { ownFunction } from './treatment';

/** The calls that a returned expression may be, through conditions and names, without those that are awaited. */
export function returnedCalls(expression: TSESTree.Node, ctx: Context): CallNode[] {
  const node = unwrap(expression);
  switch (node.type) {
    case T.ConditionalExpression:
      return [...returnedCalls(node.consequent, ctx), ...returnedCalls(node.alternate, ctx)];
    case T.LogicalExpression:
      return [...(node.operator === '&&' ? [] : returnedCalls(node.left, ctx)), ...returnedCalls(node.right, ctx)];
    case T.SequenceExpression: {
      const last = node.expressions.at(-1);
      return last ? returnedCalls(last, ctx) : [];
    }
    case T.CallExpression:
    case T.NewExpression:
      return [node];
    case T.Identifier: {
      const variable = ctx.bindings.variableOf(node);
      const value = variable && ctx.bindings.onlyValueOf(variable);
      return value && isCall(unwrap(value)) ? returnedCalls(value, ctx) : [];
    }
    default:
      return [];
  }
}

export function callQuery(call: TSESTree.Node): CallQuery {
  return { kind: 'call', start: call.range[0], end: call.range[1] };
}

const COMBINING = new Set(['all', 'allSettled', 'race', 'any']);

/** The call surely gives a promise: by its type, or by how it is written. */
export function givesPromise(call: CallNode, ctx: Context): boolean {
  const fact = ctx.callFact(call);
  if (fact?.promise) return true;
  if (call.type === T.NewExpression) return isPromiseClass(call.callee, ctx);
  const callee = unwrap(call.callee);
  if (isFunction(callee)) return callee.async && !callee.generator;
  const known = fact !== undefined && !fact.result.opaque;
  if (callee.type === T.MemberExpression) {
    const name = calleeName(call) ?? '';
    if (COMBINING.has(name) && isPromiseClass(callee.object, ctx)) return true;
    // A type that has these methods and is no promise is the project's own.
    if (!known && (PROMISE_PASSING.has(name) || name === 'then')) return call.arguments.length > 0;
  }
  const own = ownFunction(call, ctx);
  return own !== undefined && own.async && !own.generator;
}

/** The call passes on a promise of what it is made on: `p.then(f)`, `p.catch(f)`. */
export function continues(call: CallNode): TSESTree.Node | undefined {
  const callee = unwrap(call.callee);
  if (call.type !== T.CallExpression || callee.type !== T.MemberExpression) return undefined;
  const name = calleeName(call) ?? '';
  return name === 'then' || PROMISE_PASSING.has(name) ? callee.object : undefined;
}

function isPromiseClass(node: TSESTree.Node, ctx: Context): boolean {
  return node.type === T.Identifier && node.name === 'Promise' && ctx.bindings.isGlobal(node);
}

/** `Promise.resolve(value)` and `Promise.reject(error)` are there already. */
export function isSettled(call: CallNode): boolean {
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression && callee.object.type === T.Identifier && callee.object.name === 'Promise' && ['resolve', 'reject'].includes(calleeName(call) ?? '');
}
