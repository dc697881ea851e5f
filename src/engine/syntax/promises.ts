import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Bindings } from './bindings';
import type { FunctionNode } from './nodes';
import { isFunction, staticName, unwrap } from './nodes';

/** `new Promise(...)`. */
export function makesPromise(node: TSESTree.Node | null | undefined): node is TSESTree.NewExpression {
  return node?.type === T.NewExpression && node.callee.type === T.Identifier && node.callee.name === 'Promise';
}

/** The function that `new Promise(...)` is given. */
export function executorOf(node: TSESTree.Node | undefined): FunctionNode | undefined {
  const [executor] = makesPromise(node) ? node.arguments : [];
  return isFunction(executor) ? executor : undefined;
}

/** The function is the one that a `new Promise(...)` around it is given. */
export function isExecutor(fn: TSESTree.Node): fn is FunctionNode {
  return isFunction(fn) && executorOf(fn.parent) === fn;
}

/** `all` of `Promise.all(...)`, and so on: which of the language's own methods is called; undefined for every other call. */
export function promiseMethod({ callee }: TSESTree.CallExpression, bindings: Bindings): string | undefined {
  const member = unwrap(callee);
  if (member.type !== T.MemberExpression || member.object.type !== T.Identifier || member.object.name !== 'Promise' || !bindings.isGlobal(member.object)) return undefined;
  return staticName(member);
}
