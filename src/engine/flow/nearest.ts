import type { TSESTree } from '@typescript-eslint/types';
import type { FlowGraph, FlowNode } from './graph';

/** The nodes of a piece of syntax, or of the nearest syntax around it, below the graph's root, that has any of those wanted. */
export function nearestNodes(at: TSESTree.Node, graph: FlowGraph, wanted: (node: FlowNode) => boolean = () => true): readonly FlowNode[] {
  for (let around: TSESTree.Node | undefined = at; around !== undefined && around !== graph.root; around = around.parent) {
    const nodes = graph.nodesOf(around).filter(wanted);
    if (nodes.length > 0) return nodes;
  }
  return [];
}
