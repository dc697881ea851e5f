import { nodesBefore } from '../flow/before';
import type { FlowGraph, FlowNode } from '../flow/graph';
import { nearestNodes } from '../flow/nearest';
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
function placeEffects(graph: FlowGraph, { effects }: Effects): Map<FlowNode, Effect[]> {
  const at = new Map<FlowNode, Effect[]>();
  for (const effect of effects) {
    for (const node of performersOf(effect, graph)) {
      const list = at.get(node);
      if (list) list.push(effect);
      else at.set(node, [effect]);
    }
  }
  return at;
}

/** The nodes that perform an effect: those of its syntax or around it, where what is handed back is handed back by the `return`. */
function performersOf(effect: Effect, graph: FlowGraph): readonly FlowNode[] {
  const nodes = nearestNodes(effect.at, graph);
  const returns = nodes.filter((node) => node.kind === 'return');
  if (effect.how === 'returned' && returns.length > 0) return returns;
  const others = nodes.filter((node) => node.kind !== 'return' && node.kind !== 'test');
  return others.length > 0 ? others : nodes;
}

/** The nodes from which a release can be reached without an error: whoever was given the resource before did not take it. */
function nodesBeforeRelease(graph: FlowGraph, effectsAt: ReadonlyMap<FlowNode, readonly Effect[]>): Set<FlowNode> {
  const releasing: FlowNode[] = [];
  for (const [node, effects] of effectsAt) if (effects.some((effect) => effect.kind === 'release')) releasing.push(node);
  return nodesBefore(releasing, graph);
}
