import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Effect } from '../events/effects';
import { begunIn, callsOf, effectOf } from '../events/effects';
import type { Context } from '../ownership/context';
import type { CodeRule } from './code-rule';

/** An effect of a component begins what goes on after the component, and returns no cleanup. */
export const effectMissingCleanup: CodeRule = {
  id: 'effect-missing-cleanup',
  mentions: ['useEffect(', 'useLayoutEffect(', 'useInsertionEffect('],
  on: [T.CallExpression],
  suspects: (node, ctx) => {
    const effect = effectWithoutCleanup(node, ctx);
    return effect && callsOf(effect.fn).map((call) => ({ kind: 'call', start: call.range[0], end: call.range[1] }));
  },
  judge: (node, { ctx }) => {
    const effect = effectWithoutCleanup(node, ctx);
    if (effect === undefined) return [];
    return begunIn(effect, ctx).map(({ call, noun, family, tier }) => {
      const [start, end] = call.range;
      return {
        start,
        end,
        acquire: { start, end },
        message: `The effect begins \`${ctx.excerpt(call)}\` (${noun}) and returns no cleanup: it goes on after the component, once more for each time that the effect ran.`,
        tier,
        resource: noun,
        family,
        path: [
          { start, end, message: `the ${noun} begins` },
          { start: effect.fn.range[1] - 1, end: effect.fn.range[1], message: 'the effect ends without a cleanup' },
        ],
      };
    });
  },
};

function effectWithoutCleanup(node: TSESTree.Node, ctx: Context): Effect | undefined {
  const effect = effectOf(node, ctx);
  return effect?.gives === false ? effect : undefined;
}
