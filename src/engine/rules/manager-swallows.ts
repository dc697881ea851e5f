import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowNode } from '../flow/graph';
import type { Context } from '../ownership/context';
import { generatorManagerOf, isTaken, yieldsOf } from '../ownership/managers';
import { rootOf } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { CodeRule } from './code-rule';
import { RUNTIME_MENTIONS, rangeOf, stepAt } from './scoped-report';

/** A generator manager catches what its body throws and ends as if nothing had happened: the failure is suppressed, perhaps by accident. */
export const managerSwallows: CodeRule = {
  id: 'manager-swallows',
  mentions: RUNTIME_MENTIONS,
  on: [T.CallExpression],
  suspects: (node, ctx) => (generatorManagerOf(node, ctx) === undefined ? undefined : []),
  judge: (node, { ctx }) => {
    const manager = generatorManagerOf(node, ctx);
    if (manager === undefined || ctx.graphOf(manager.fn).truncated) return [];
    const clauses = new Set((yieldsOf(manager.fn, ctx) ?? []).flatMap((yielded) => swallowingClauses(yielded, ctx)));
    return [...clauses].map((clause) => ({
      ...rangeOf(clause),
      resource: 'manager',
      family: 'disposable',
      message: 'What the body throws is caught here and not thrown again: the manager suppresses it, and whoever ran the body gets `undefined` for its result. Throw it again, or end with `return true` if that is meant.',
      path: [stepAt(clause, 'the failure of the body is caught'), stepAt(manager.call.callee, 'the manager ends as if the body had completed')],
    }));
  },
};

/** The clauses through which a failure of the body gets lost. */
function swallowingClauses(yielded: FlowNode, ctx: Context): TSESTree.CatchClause[] {
  const found: TSESTree.CatchClause[] = [];
  const seen = new Set<string>();
  const pending: { node: FlowNode; clause: TSESTree.CatchClause | undefined }[] = yielded.out.filter((edge) => edge.kind === 'throw').map((edge) => ({ node: edge.to, clause: undefined }));
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    const { node } = state;
    const clause = node.kind === 'catch' && node.ast.type === T.CatchClause ? node.ast : state.clause;
    const key = `${String(node.id)}:${String(clause?.range[0])}`;
    if (seen.has(key) || saysSo(node)) continue;
    seen.add(key);
    if (node === ctx.graphOf(rootOf(yielded.ast)).exit && clause !== undefined && !isDecided(clause)) found.push(clause);
    for (const edge of node.out) if (isTaken(node, edge, ctx) && (edge.kind !== 'throw' || node.kind === 'throw')) pending.push({ node: edge.to, clause });
  }
  return found;
}

/** `return true`, or whatever else is returned on purpose. */
function saysSo({ kind, ast }: FlowNode): boolean {
  return kind === 'return' && ast.type === T.ReturnStatement && ast.argument !== null;
}

/** Somewhere the clause throws, or returns what is to become of the failure: its author has thought of it. One that yields once more is another mistake. */
function isDecided(clause: TSESTree.CatchClause): boolean {
  let decided = false;
  walk(clause.body, (node) => {
    if (rootOf(node) === rootOf(clause) && (node.type === T.ThrowStatement || node.type === T.YieldExpression || (node.type === T.ReturnStatement && node.argument !== null))) decided = true;
  });
  return decided;
}
