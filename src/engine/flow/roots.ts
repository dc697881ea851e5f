import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { FlowRoot } from './graph';

/**
 * All code of a file that gets a graph of its own, in source order, the module body first. Static blocks and static fields are
 * among them although they also run within the graph that evaluates their class. Which root a node belongs to: `rootOf`.
 */
export function collectFlowRoots(program: TSESTree.Program): FlowRoot[] {
  const roots: FlowRoot[] = [];
  walk(program, (node) => {
    if (isFlowRoot(node)) roots.push(node);
  });
  return roots;
}

/** Whether the node is code of its own. A field without a value runs nothing. */
function isFlowRoot(node: TSESTree.Node): node is FlowRoot {
  if (node.type === T.PropertyDefinition || node.type === T.AccessorProperty) return node.value !== null;
  return node.type === T.Program || node.type === T.StaticBlock || isFunction(node);
}
