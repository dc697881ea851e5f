import type { TSESTree } from '@typescript-eslint/types';
import { gradeThrow } from '../flow/grade';
import type { FlowEdge, FlowGraph, FlowNode } from '../flow/graph';
import type { Context } from '../ownership/context';

/**
 * The nodes that control can come to from the edges of some nodes, without passing any piece of syntax that stops it. Errors are
 * followed where they are likely; nothing is known of conditions, so a path may be one that never happens.
 */
export function reachable(starts: readonly FlowNode[], stops: (at: TSESTree.Node) => boolean, ctx: Context, from: (edge: FlowEdge) => boolean = () => true): Set<FlowNode> {
  const seen = new Set<FlowNode>();
  const follow = (node: FlowNode, edges: readonly FlowEdge[]): void => {
    for (const edge of edges) {
      if (edge.kind === 'return') continue;
      if (edge.kind === 'throw' && gradeThrow(node, ctx.throwKnowledge) !== 'likely') continue;
      if (edge.kind === 'next' && node.kind === 'call' && ctx.neverReturns(node.ast)) continue;
      seen.add(edge.to);
    }
  };
  for (const start of starts) follow(start, start.out.filter(from));
  // A set is walked with what is added to it on the way.
  for (const node of seen) if (!stops(node.ast)) follow(node, node.out);
  return seen;
}

/** The graph's end is among the nodes, by a normal end or by an error. */
export function leaves(nodes: ReadonlySet<FlowNode>, graph: FlowGraph): boolean {
  return nodes.has(graph.exit) || nodes.has(graph.raise);
}
