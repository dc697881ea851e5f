import assert from 'node:assert/strict';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { buildFlowGraph } from '../../../src/engine/flow/build';
import type { FlowGraph } from '../../../src/engine/flow/graph';
import { collectFlowRoots } from '../../../src/engine/flow/roots';
import { parseLinked } from './flow-fixtures';
import { assertSound } from './invariants';

/** Reads one statement `a();`, `if (x) a();` and gives it with its program. Deep code is grown from it: a parser's stack ends before ours must. */
function statementOf<Type extends T>(source: string, type: Type): { program: TSESTree.Program; statement: Extract<TSESTree.Node, { type: Type }> } {
  const program = parseLinked(source);
  const [statement] = program.body;
  assert(isOf(statement, type));
  return { program, statement };
}

function isOf<Type extends T>(node: TSESTree.Node | undefined, type: Type): node is Extract<TSESTree.Node, { type: Type }> {
  return node?.type === type;
}

/** Puts an expression into an expression over and over: `inside(inside(inside(seed)))`. */
function nest(source: string, times: number, inside: (outer: TSESTree.Expression, inner: TSESTree.Expression) => TSESTree.Expression): FlowGraph {
  const { program, statement } = statementOf(source, T.ExpressionStatement);
  const outer = statement.expression;
  let grown = outer;
  for (let count = 1; count < times; count++) grown = inside(outer, grown);
  statement.expression = grown;
  const graph = buildFlowGraph(program);
  assertSound(graph);
  return graph;
}

const count = (graph: FlowGraph, kind: string): number => graph.nodes.filter((node) => node.kind === kind).length;

describe('limits of control-flow graphs', () => {
  it('5,000 terms are added up without recursion', () => {
    const graph = nest('a + f();', 5000, (outer, inner) => {
      assert(isOf(outer, T.BinaryExpression));
      return { ...outer, left: inner };
    });
    assert(!graph.truncated);
    assert.equal(count(graph, 'call'), 5000);
  });

  it('5,000 operands of && come apart in one condition and in one value', () => {
    const graph = nest('a && f();', 5000, (outer, inner) => {
      assert(isOf(outer, T.LogicalExpression));
      return { ...outer, left: inner };
    });
    assert(!graph.truncated);
    assert.equal(count(graph, 'test'), 5000);
  });

  it('5,000 calls in one chain', () => {
    const graph = nest('p.then(f);', 5000, (outer, inner) => {
      assert(isOf(outer, T.CallExpression) && isOf(outer.callee, T.MemberExpression));
      return { ...outer, callee: { ...outer.callee, object: inner } };
    });
    assert(!graph.truncated);
    assert.equal(count(graph, 'call'), 5000);
    assert.equal(count(graph, 'event'), 5000);
  });

  it('5,000 conditional expressions in a ladder', () => {
    const graph = nest('a ? f() : b;', 5000, (outer, inner) => {
      assert(isOf(outer, T.ConditionalExpression));
      return { ...outer, alternate: inner };
    });
    assert(!graph.truncated);
    assert.equal(count(graph, 'test'), 5000);
  });

  it('9,000 else-ifs in a ladder', () => {
    const { program, statement } = statementOf('if (a) f(); else g();', T.IfStatement);
    let grown: TSESTree.Statement = statement;
    for (let times = 1; times < 9000; times++) grown = { ...statement, alternate: grown };
    program.body = [grown];
    const graph = buildFlowGraph(program);
    assertSound(graph);
    assert(!graph.truncated);
    assert.equal(count(graph, 'test'), 9000);
    assert.equal(count(graph, 'call'), 9001);
  });

  it('what nests deeper than the stack may go is cut off and said', () => {
    const graph = nest('f(a);', 100_000, (outer, inner) => {
      assert(isOf(outer, T.CallExpression));
      return { ...outer, arguments: [inner] };
    });
    assert(graph.truncated);
  });

  it('blocks too', () => {
    const { program, statement } = statementOf('{ f(); }', T.BlockStatement);
    let grown: TSESTree.BlockStatement = statement;
    for (let times = 1; times < 100_000; times++) grown = { ...statement, body: [grown] };
    program.body = [grown];
    const graph = buildFlowGraph(program);
    assertSound(graph);
    assert(graph.truncated);
  });

  it('a budget ends a graph, at halt', () => {
    const program = parseLinked('f();\n'.repeat(500));
    const graph = buildFlowGraph(program, { nodeBudget: 100 });
    assertSound(graph);
    assert(graph.truncated);
    assert.equal(graph.nodes.length, 100);
    assert(graph.nodes.at(-1)?.out.some(({ to }) => to === graph.halt));
    assert(!buildFlowGraph(program).truncated);
  });

  it('a budget that ends in a loop, a switch, a finally and a condition leaves the graph whole', () => {
    const body = 'for (const x of xs) { try { switch (x) { case a(): if (b && c()) continue; default: return d?.e(); } } catch { g(); } finally { h(); } } k();';
    const [, root] = collectFlowRoots(parseLinked(`function f() { using u = v(); ${body} do { ${body} } while (i()); }`));
    assert(root !== undefined);
    const whole = buildFlowGraph(root);
    assert(!whole.truncated);
    for (let nodeBudget = 4; nodeBudget < whole.nodes.length; nodeBudget++) {
      const graph = buildFlowGraph(root, { nodeBudget });
      assertSound(graph);
      assert(graph.nodes.length <= nodeBudget);
    }
  });

  it('finally blocks within finally blocks do not multiply', () => {
    const nested = (depth: number): string => (depth === 0 ? 'a();' : `try { if (b) return; c(); } finally { ${nested(depth - 1)} }`);
    const sizes = [4, 6, 8, 10, 12].map((depth) => {
      const [, root] = collectFlowRoots(parseLinked(`function f() { ${nested(depth)} }`));
      assert(root !== undefined);
      const graph = buildFlowGraph(root);
      assertSound(graph);
      assert(!graph.truncated);
      return graph.nodes.length;
    });
    const growth = sizes.slice(1).map((size, index) => size - (sizes[index] ?? 0));
    assert.equal(new Set(growth).size, 1, `${sizes.join(' ')} nodes`);
  });
});
