import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isProtected, yieldsOf } from '../concurrency/generators';
import type { Context } from '../ownership/context';
import type { Landing } from '../ownership/landing';
import { landingsOf } from '../ownership/landing';
import { ownFunction } from '../ownership/treatment';
import { enclosingLoop, isCall, rootOf } from '../syntax/nodes';
import type { CodeRule } from './code-rule';

/**
 * A generator that is stepped by hand stops at a `yield`, and what its `finally` or `using` would release waits for a `return()` that
 * never comes. `for-of`, destructuring and spreading call it by themselves.
 */
export const iteratorNotClosed: CodeRule = {
  id: 'iterator-not-closed',
  mentions: ['yield'],
  on: [T.CallExpression],
  suspects: (node, ctx) => (node.type === T.CallExpression && ownFunction(node, ctx)?.generator === true ? [] : undefined),
  judge: (node, { ctx }) => {
    const generator = isCall(node) ? ownFunction(node, ctx) : undefined;
    if (generator === undefined || rootOf(node).type === T.Program) return [];
    const yields = yieldsOf(generator);
    const guarded = yields.list.find((at) => isProtected(at, generator));
    const steps = guarded === undefined ? undefined : stepsOf(node, ctx);
    if (guarded === undefined || steps === undefined || steps.length === 0) return [];
    // Stepped as often as it can be, it came to its end.
    if (!yields.repeated && steps.length > yields.list.length) return [];
    const last = steps.at(-1);
    if (last === undefined || steps.some((step) => enclosingLoop(step) !== undefined)) return [];
    const [start, end] = node.range;
    return [
      {
        start,
        end,
        acquire: { start, end },
        resource: 'generator',
        family: 'disposable',
        message: `The generator of \`${ctx.excerpt(node)}\` is left at a \`yield\`: what it releases in the end (line ${String(ctx.lineOf(guarded))}) waits for a \`return()\` that nobody calls.`,
        path: [
          { start, end, message: 'the generator is made' },
          { start: last.range[0], end: last.range[1], message: 'it is stepped for the last time' },
          { start: guarded.range[0], end: guarded.range[1], message: 'it stops here, and its cleanup never runs' },
        ],
      },
    ];
  },
};

/** The calls of `next` on a generator object; undefined when something else may bring it to its end. */
function stepsOf(made: TSESTree.Node, ctx: Context): TSESTree.CallExpression[] | undefined {
  const steps: TSESTree.CallExpression[] = [];
  const follow = (landing: Landing): boolean => {
    switch (landing.to) {
      case 'method':
        if (landing.name === 'next') steps.push(landing.call);
        // `rows()[Symbol.iterator]()` is the generator again.
        else if (landing.name === 'Symbol.iterator' || landing.name === 'Symbol.asyncIterator') return landingsOf(landing.call).every(follow);
        return landing.name === 'next';
      case 'variable': {
        const variable = landing.using || landing.path.length > 0 ? undefined : ctx.bindings.variableOf(landing.id);
        if (variable === undefined || variable.scope.variableScope.block !== rootOf(made) || ctx.bindings.writesOf(variable).length !== 1) return false;
        return variable.references.every((reference) => !reference.isRead() || (rootOf(reference.identifier) === rootOf(made) && landingsOf(reference.identifier).every(follow)));
      }
      case 'looked-at':
        return true;
      default:
        return false;
    }
  };
  return landingsOf(made).every(follow) ? steps : undefined;
}
