import type { TSESTree } from '@typescript-eslint/types';
import type { FlowGraph, FlowNode } from '../flow/graph';
import type { Effects } from './collect';
import type { Effect } from './effect';

/** What a function does to an obligation, by the nodes of its graph. */
export interface Performance {
  readonly effectsAt: ReadonlyMap<FlowNode, readonly Effect[]>;
  /** Nodes before a release on a path without errors: an unknown callee there did not take the resource. */
  readonly beforeRelease: ReadonlySet<FlowNode>;
}

const performances = new WeakMap<Effects, Performance>();

/** Puts a function's effects in its graph, once for all searches. */
export function performanceOf(graph: FlowGraph, effects: Effects): Performance {
  let performance = performances.get(effects);
  if (performance === undefined) {
    const effectsAt = placeEffects(graph, effects);
    performances.set(effects, (performance = { effectsAt, beforeRelease: nodesBeforeRelease(graph, effectsAt) }));
  }
  return performance;
}

/** The effects by the flow nodes that perform them. */
function placeEffects(graph: FlowGraph, { effects, root }: Effects): Map<FlowNode, Effect[]> {
  const at = new Map<FlowNode, Effect[]>();
  for (const effect of effects) {
    for (const node of performersOf(effect, graph, root)) {
      const list = at.get(node);
      if (list) list.push(effect);
      else at.set(node, [effect]);
    }
  }
  return at;
}

/** The nodes of an effect's syntax, or of the nearest syntax around it that has any. */
function performersOf(effect: Effect, graph: FlowGraph, root: TSESTree.Node): readonly FlowNode[] {
  for (let at: TSESTree.Node | undefined = effect.at; at !== undefined && at !== root; at = at.parent) {
    const nodes = graph.nodesOf(at);
    if (nodes.length === 0) continue;
    const returns = nodes.filter((node) => node.kind === 'return');
    if (effect.how === 'returned' && returns.length > 0) return returns;
    const others = nodes.filter((node) => node.kind !== 'return' && node.kind !== 'test');
    return others.length > 0 ? others : nodes;
  }
  return [];
}

/** The nodes from which a release can be reached without an error: whoever was given the resource before did not take it. */
function nodesBeforeRelease(graph: FlowGraph, effectsAt: ReadonlyMap<FlowNode, readonly Effect[]>): Set<FlowNode> {
  const before = new Map<FlowNode, FlowNode[]>();
  for (const node of graph.nodes) {
    for (const edge of node.out) {
      if (edge.kind === 'throw' || edge.kind === 'return') continue;
      const list = before.get(edge.to);
      if (list) list.push(node);
      else before.set(edge.to, [node]);
    }
  }
  const reached = new Set<FlowNode>();
  const pending: FlowNode[] = [];
  for (const [node, effects] of effectsAt) if (effects.some((effect) => effect.kind === 'release')) pending.push(...(before.get(node) ?? []));
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    pending.push(...(before.get(node) ?? []));
  }
  return reached;
}
