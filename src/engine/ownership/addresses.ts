import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName, unwrap } from '../syntax/nodes';
import { isNothing } from '../syntax/values';
import type { Context } from './context';

/**
 * `const address = server.address(); if (!address || typeof address === 'string') throw ...`: types make one ask, and of a server that listens on
 * a port it is an object. What such a condition comes to while the server is held; undefined for any other condition.
 */
export function answerOfAddress(test: TSESTree.Node, isHeld: (node: TSESTree.Node) => boolean, ctx: Context): boolean | undefined {
  const node = unwrap(test);
  if (node.type === T.UnaryExpression && node.operator === '!') {
    const inner = answerOfAddress(node.argument, isHeld, ctx);
    return inner === undefined ? undefined : !inner;
  }
  if (node.type !== T.BinaryExpression) return isAddress(node, isHeld, ctx) ? true : undefined;
  if (!['==', '===', '!=', '!=='].includes(node.operator)) return undefined;
  const equal = node.operator.startsWith('=');
  const left = unwrap(node.left);
  const right = unwrap(node.right);
  if (isNothing(right)) return isAddress(left, isHeld, ctx) ? !equal : undefined;
  if (left.type !== T.UnaryExpression || left.operator !== 'typeof' || right.type !== T.Literal || !isAddress(unwrap(left.argument), isHeld, ctx)) return undefined;
  return (right.value === 'object') === equal;
}

function isAddress(node: TSESTree.Node, isHeld: (node: TSESTree.Node) => boolean, ctx: Context, depth = 3): boolean {
  const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
  const value = variable && ctx.bindings.onlyValueOf(variable);
  const call = value && unwrap(value);
  if (call?.type === T.Identifier) return depth > 0 && isAddress(call, isHeld, ctx, depth - 1);
  return call?.type === T.CallExpression && call.arguments.length === 0 && calleeName(call) === 'address' && call.callee.type === T.MemberExpression && isHeld(call.callee.object);
}
