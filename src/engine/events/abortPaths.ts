import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { leaves, reachable } from '../concurrency/paths';
import type { Context } from '../ownership/context';
import { isFunction, rootOf } from '../syntax/nodes';
import { walk } from '../syntax/visit';

/**
 * The function that adds a listener takes it off itself, after work that it awaits, and an error of that work leaves the function before
 * the removal: then the awaiting expression. All removals must be the function's own, and nothing else may be meant by the signal's abort.
 */
export function removedOnlyOnSuccess(add: TSESTree.CallExpression, removals: readonly TSESTree.CallExpression[], ctx: Context): TSESTree.AwaitExpression | undefined {
  const root = rootOf(add);
  if (!isFunction(root) || !root.async || removals.some((removal) => rootOf(removal) !== root)) return undefined;
  const graph = ctx.graphOf(root);
  if (graph.truncated) return undefined;
  const starts = graph.nodesOf(add).filter(({ kind }) => kind === 'call');
  const isRemoval = (at: TSESTree.Node): boolean => removals.some((removal) => removal === at);
  const after = reachable(starts, isRemoval, ctx, (edge) => edge.kind !== 'throw');
  // A normal end without a removal is another story: a branch that means to keep it.
  if (!leaves(after, graph) || after.has(graph.exit)) return undefined;
  let skipped: TSESTree.AwaitExpression | undefined;
  walk(root, (node) => {
    if (node.type === T.AwaitExpression && rootOf(node) === root && graph.nodesOf(node).some((one) => one.kind === 'await' && after.has(one) && one.out.some((edge) => edge.kind === 'throw' && (edge.to === graph.raise || after.has(edge.to))))) skipped ??= node;
  });
  return skipped;
}
