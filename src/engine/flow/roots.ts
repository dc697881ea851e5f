import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import { childrenOf, isFunction } from '../syntax/nodes';
import type { FlowRoot } from './graph';

/**
 * All code of a file that gets a graph of its own, in source order, the module body first. Static blocks and static fields are
 * among them although they also run within the graph that evaluates their class. Which root a node belongs to: `rootOf`.
 */
export function collectFlowRoots(program: TSESTree.Program): FlowRoot[] {
  const roots: FlowRoot[] = [];
  const open: TSESTree.Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFlowRoot(node)) roots.push(node);
    // A stack, not recursion: sources nest deeper than calls may.
    open.push(...childrenOf(node, visitorKeys).reverse());
  }
  return roots;
}

/** Whether the node is code of its own. A field without a value runs nothing. */
function isFlowRoot(node: TSESTree.Node): node is FlowRoot {
  if (node.type === T.PropertyDefinition || node.type === T.AccessorProperty) return node.value !== null;
  return node.type === T.Program || node.type === T.StaticBlock || isFunction(node);
}
