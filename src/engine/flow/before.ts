import type { FlowEdge, FlowGraph, FlowNode } from './graph';

type Predecessors = ReadonlyMap<FlowNode, readonly FlowNode[]>;

/** The ways back through a graph: all of them, and those that no error and no early end of a generator takes. */
const everyWay = new WeakMap<FlowGraph, Predecessors>();
const normalWays = new WeakMap<FlowGraph, Predecessors>();
const reaching = new WeakMap<ReadonlySet<FlowNode>, ReadonlySet<FlowNode>>();

/** The goals, and the nodes from which one of them can be reached in whatever way. The set is asked for once for each set of goals. */
export function nodesReaching(goals: ReadonlySet<FlowNode>, graph: FlowGraph): ReadonlySet<FlowNode> {
  let found = reaching.get(goals);
  if (found === undefined) reaching.set(goals, (found = new Set([...goals, ...closure(goals, waysBack(graph, everyWay, () => true))])));
  return found;
}

/** The nodes from which a goal can be reached without an error. */
export function nodesBefore(goals: Iterable<FlowNode>, graph: FlowGraph): Set<FlowNode> {
  return closure(goals, waysBack(graph, normalWays, ({ kind }) => kind !== 'throw' && kind !== 'return'));
}

function closure(goals: Iterable<FlowNode>, before: Predecessors): Set<FlowNode> {
  const reached = new Set<FlowNode>();
  const pending: FlowNode[] = [...goals].flatMap((goal) => before.get(goal) ?? []);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    pending.push(...(before.get(node) ?? []));
  }
  return reached;
}

function waysBack(graph: FlowGraph, known: WeakMap<FlowGraph, Predecessors>, takes: (edge: FlowEdge) => boolean): Predecessors {
  let before = known.get(graph);
  if (before === undefined) known.set(graph, (before = predecessorsOf(graph, takes)));
  return before;
}

function predecessorsOf(graph: FlowGraph, takes: (edge: FlowEdge) => boolean): Predecessors {
  const before = new Map<FlowNode, FlowNode[]>();
  for (const node of graph.nodes) {
    for (const edge of node.out) {
      if (!takes(edge)) continue;
      const list = before.get(edge.to);
      if (list) list.push(node);
      else before.set(edge.to, [node]);
    }
  }
  return before;
}
