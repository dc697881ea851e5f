import assert from 'node:assert/strict';
import type { FlowEdgeKind, FlowGraph, FlowNode, FlowNodeKind } from '../../../src/engine/flow/graph';

/** Which edges a node may have, and whether it must have them. */
const EDGES: Readonly<Record<FlowNodeKind, { readonly must: readonly FlowEdgeKind[]; readonly may: readonly FlowEdgeKind[] }>> = {
  entry: { must: ['next'], may: [] },
  exit: { must: [], may: [] },
  raise: { must: [], may: [] },
  halt: { must: [], may: [] },
  call: { must: ['next', 'throw'], may: [] },
  await: { must: ['next', 'throw'], may: [] },
  yield: { must: ['next', 'throw', 'return'], may: [] },
  assign: { must: ['next'], may: ['throw'] },
  declare: { must: ['next'], may: [] },
  test: { must: ['true'], may: ['false'] },
  case: { must: ['true', 'false'], may: [] },
  iterate: { must: ['true', 'false', 'throw'], may: [] },
  return: { must: ['next'], may: [] },
  throw: { must: ['throw'], may: [] },
  closure: { must: ['next'], may: [] },
  event: { must: ['next'], may: [] },
  catch: { must: ['next'], may: [] },
  dispose: { must: ['next', 'throw'], may: [] },
};

/** What holds of every graph, whatever the code. */
export function assertSound(graph: FlowGraph): void {
  const nodes = new Set(graph.nodes);
  const ends = new Set<FlowNode>([graph.exit, graph.raise, graph.halt]);
  assert.equal(nodes.size, graph.nodes.length);
  const reached = reachableFrom(graph.entry);
  for (const node of graph.nodes) {
    assert(reached.has(node) || ends.has(node), `${describe(node)} is not reached`);
    assert(graph.nodesOf(node.ast).includes(node), `${describe(node)} is not found by its syntax`);
    const { must, may } = EDGES[node.kind];
    for (const kind of must) assert(node.out.some((edge) => edge.kind === kind), `${describe(node)} has no ${kind} edge`);
    for (const { kind, to } of node.out) {
      assert(must.includes(kind) || may.includes(kind), `${describe(node)} has a ${kind} edge`);
      assert(nodes.has(to), `${describe(node)} leads out of the graph`);
    }
  }
}

function reachableFrom(entry: FlowNode): Set<FlowNode> {
  const seen = new Set<FlowNode>();
  const open = [entry];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const { to } of node.out) open.push(to);
  }
  return seen;
}

function describe(node: FlowNode): string {
  return `${node.kind} ${node.ast.type} at ${node.ast.range.join('-')}`;
}
