import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowGraph, FlowNode } from './graph';

const WIDTH = 40;

/**
 * A graph as text, a line a node, such as `3 call open(p)  next>4 throw>raise`. Nodes are numbered in reverse post-order of
 * their edges, so that the text depends on the graph alone; the ends (`exit`, `raise`, `halt`) go by name.
 */
export function printFlowGraph(graph: FlowGraph, text: string): string {
  const ends = new Map<FlowNode, string>([
    [graph.exit, 'exit'],
    [graph.raise, 'raise'],
    [graph.halt, 'halt'],
  ]);
  const order = reversePostOrder(graph.entry).filter((node) => !ends.has(node));
  const names = new Map<FlowNode, string>(ends);
  for (const [index, node] of order.entries()) names.set(node, String(index));
  const lines = order.map((node) => {
    const edges = node.out.map(({ kind, to }) => `${kind}>${names.get(to) ?? '?'}`);
    return `${names.get(node) ?? '?'} ${describe(node, text)}  ${edges.join(' ')}`.trimEnd();
  });
  if (graph.truncated) lines.push('truncated');
  return lines.join('\n') + '\n';
}

function describe(node: FlowNode, text: string): string {
  if (node.kind === 'entry') return 'entry';
  const asks = node.asks === 'nullish' ? ' nullish' : '';
  const events = node.events === undefined ? '' : ` [${node.events.join(' ')}]`;
  return `${node.kind}${asks}${events} ${excerpt(node.ast, text)}`;
}

/** The syntax on one line: its head only where it has a body. */
function excerpt(ast: TSESTree.Node, text: string): string {
  const [start] = ast.range;
  const end = endOfHead(ast);
  const line = text.slice(start, end).replace(/\s+/g, ' ').trim();
  const cut = line.length > WIDTH ? line.slice(0, WIDTH - 1) + '…' : line;
  return end < ast.range[1] && !cut.endsWith('…') ? cut + ' …' : cut;
}

function endOfHead(ast: TSESTree.Node): number {
  switch (ast.type) {
    case T.SwitchCase:
      return ast.test?.range[1] ?? ast.range[1];
    case T.ForStatement:
    case T.ForInStatement:
    case T.ForOfStatement:
    case T.WhileStatement:
    case T.DoWhileStatement:
    case T.CatchClause:
    case T.FunctionExpression:
    case T.ArrowFunctionExpression:
    case T.ClassDeclaration:
    case T.ClassExpression:
      return ast.body.range[0];
    default:
      return ast.range[1];
  }
}

/** Each node after those that lead to it, loops aside. The first edge's target comes soonest. */
function reversePostOrder(entry: FlowNode): FlowNode[] {
  const seen = new Set([entry]);
  const order: FlowNode[] = [];
  const stack = [{ node: entry, left: entry.out.length }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const edge = top.left > 0 ? top.node.out[--top.left] : undefined;
    if (edge === undefined) {
      order.push(top.node);
      stack.pop();
    } else if (!seen.has(edge.to)) {
      seen.add(edge.to);
      stack.push({ node: edge.to, left: edge.to.out.length });
    }
  }
  return order.reverse();
}
