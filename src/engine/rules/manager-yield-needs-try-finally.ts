import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowNode } from '../flow/graph';
import type { Context } from '../ownership/context';
import { generatorManagerOf, isTaken, reachableFrom, yieldsOf } from '../ownership/managers';
import { releasesByName, wordsOf } from '../resources/ownedNames';
import { calleeName } from '../syntax/nodes';
import type { CodeRule } from './code-rule';
import { RUNTIME_MENTIONS, rangeOf, stepAt } from './scoped-report';

/** Words that end a success, and have no place after a failure. */
const ON_SUCCESS = new Set(['commit', 'finish', 'finalize', 'drain']);

/** The cleanup of a generator manager stands after a bare `yield`: when the body throws, the `yield` throws, and the cleanup is skipped. */
export const managerYieldNeedsTryFinally: CodeRule = {
  id: 'manager-yield-needs-try-finally',
  mentions: RUNTIME_MENTIONS,
  on: [T.CallExpression],
  suspects: (node, ctx) => (generatorManagerOf(node, ctx) === undefined ? undefined : []),
  judge: (node, { ctx, obligations }) => {
    const manager = generatorManagerOf(node, ctx);
    if (manager === undefined || ctx.graphOf(manager.fn).truncated) return [];
    return (yieldsOf(manager.fn, ctx) ?? []).flatMap((yielded) => {
      const cleanup = skippedCleanup(yielded, ctx);
      if (cleanup === undefined) return [];
      const obligation = obligations.find(({ effects }) => effects.effects.some((effect) => effect.call === cleanup));
      const message = `\`${ctx.excerpt(cleanup)}\` is skipped when the body throws: the \`yield\` on line ${String(ctx.lineOf(yielded.ast))} throws then. Put the \`yield\` into a \`try\` and this into its \`finally\`.`;
      const path = [stepAt(yielded.ast, 'the body throws, and so does this `yield`'), stepAt(cleanup, 'this is not reached')];
      return [
        {
          ...rangeOf(cleanup),
          resource: obligation?.site.resource.noun ?? 'resource',
          family: obligation?.site.resource.family ?? ('disposable' as const),
          ...(obligation ? { acquire: rangeOf(obligation.site.call) } : {}),
          message,
          path,
        },
      ];
    });
  },
};

/** A call that releases when the body completes, and that no path runs through when it throws. */
function skippedCleanup(yielded: FlowNode, ctx: Context): TSESTree.CallExpression | undefined {
  const after = (kind: 'next' | 'throw'): TSESTree.CallExpression[] => cleanupsIn(reachableFrom(yielded.out.filter((edge) => edge.kind === kind), (node, edge) => isTaken(node, edge, ctx) && (edge.kind !== 'throw' || node.kind === 'throw')), ctx);
  const done = new Set(after('throw').map((call) => ctx.textOf(call.callee)));
  return after('next')
    .filter((call) => !done.has(ctx.textOf(call.callee)))
    .sort((one, other) => one.range[0] - other.range[0])[0];
}

function cleanupsIn(nodes: ReadonlySet<FlowNode>, ctx: Context): TSESTree.CallExpression[] {
  return [...nodes].flatMap(({ kind, ast }) => {
    if (kind !== 'call' || ast.type !== T.CallExpression) return [];
    const name = calleeName(ast) ?? '';
    if (ctx.releasingCalls.has(ast)) return [ast];
    return releasesByName(name) && !ON_SUCCESS.has(wordsOf(name)[0] ?? '') ? [ast] : [];
  });
}
