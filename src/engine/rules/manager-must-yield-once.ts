import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowNode } from '../flow/graph';
import { Conditions } from '../ownership/conditions';
import type { Context } from '../ownership/context';
import type { Known } from '../ownership/guards';
import type { GeneratorManager } from '../ownership/managers';
import { generatorManagerOf, isTaken, yieldsOf } from '../ownership/managers';
import type { CodeRule } from './code-rule';
import { RUNTIME_MENTIONS, rangeOf, stepAt } from './scoped-report';

/** A generator manager yields once on every path: never, and entering it throws; twice, and leaving it does. */
export const managerMustYieldOnce: CodeRule = {
  id: 'manager-must-yield-once',
  mentions: RUNTIME_MENTIONS,
  on: [T.CallExpression],
  suspects: (node, ctx) => (generatorManagerOf(node, ctx) === undefined ? undefined : []),
  judge: (node, { ctx }) => {
    const manager = generatorManagerOf(node, ctx);
    const wrong = manager && findWrongPath(manager, ctx);
    if (manager === undefined || wrong === undefined) return [];
    const about = { resource: 'manager', family: 'disposable' } as const;
    const path = [stepAt(manager.call.callee, 'the manager is made of a generator'), stepAt(wrong.at, wrong.yields === 0 ? 'it ends here without a `yield`' : 'it yields here once more')];
    const message =
      wrong.yields === 0
        ? `The generator can end without a \`yield\`${wrong.at.type === T.ReturnStatement ? ` (line ${String(ctx.lineOf(wrong.at))})` : ''}: entering the manager throws then, and the body never runs.`
        : `The generator can yield more than once: leaving the manager throws then, after whatever the body did.`;
    return [{ ...about, ...rangeOf(wrong.yields === 0 && wrong.at.type !== T.ReturnStatement ? manager.call.callee : wrong.at), message, path }];
  },
};

interface State {
  readonly node: FlowNode;
  readonly yields: number;
  readonly known: ReadonlyMap<string, Known>;
  /** The last statement by which the path left. */
  readonly left: TSESTree.Node | undefined;
}

const STATE_BUDGET = 5_000;

/** A path that yields never (and where it ends), or twice (and where for the second time). */
function findWrongPath({ fn }: GeneratorManager, ctx: Context): { readonly yields: 0 | 2; readonly at: TSESTree.Node } | undefined {
  const graph = ctx.graphOf(fn);
  if (graph.truncated || yieldsOf(fn, ctx) === undefined) return undefined;
  const conditions = new Conditions(graph, undefined, ctx);
  const seen = new Set<string>();
  const queue: State[] = [{ node: graph.entry, yields: 0, known: new Map(), left: undefined }];
  for (let head = 0; head < queue.length && head < STATE_BUDGET; head++) {
    const state = queue[head];
    if (state === undefined) break;
    const { node } = state;
    if (node === graph.exit && state.yields === 0) return { yields: 0, at: state.left ?? fn };
    const yields = state.yields + (node.kind === 'yield' ? 1 : 0);
    if (yields > 1) return { yields: 2, at: node.ast };
    const known = conditions.remember(node, state.known);
    const left = node.kind === 'return' ? node.ast : state.left;
    for (const edge of node.out) {
      if (!isTaken(node, edge, ctx)) continue;
      const learned = conditions.answerAt(node, edge, [], known);
      if (learned === 'contradicts') continue;
      const key = `${String(edge.to.id)}|${String(yields)}|${[...learned].map(([subject, answer]) => subject + answer).sort().join(',')}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ node: edge.to, yields, known: learned, left });
    }
  }
  return undefined;
}
