import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { begunIn, callsOf } from '../events/begun';
import { effectOf, isOfPage } from '../events/effects';
import type { CodeRule } from './code-rule';

/** An effect of a component begins what goes on after the component, and no cleanup ends it. */
export const effectMissingCleanup: CodeRule = {
  id: 'effect-missing-cleanup',
  mentions: ['useEffect(', 'useLayoutEffect(', 'useInsertionEffect('],
  on: [T.CallExpression],
  suspects: (node, ctx) => {
    const effect = effectOf(node, ctx);
    return effect && callsOf(effect).map((call) => ({ kind: 'call', start: call.range[0], end: call.range[1] }));
  },
  judge: (node, { ctx }) => {
    const effect = effectOf(node, ctx);
    if (effect === undefined || isOfPage(node, effect, ctx)) return [];
    return begunIn(effect, ctx).map(({ call, noun, family, tier }) => {
      const [start, end] = call.range;
      const why = effect.gives ? 'its cleanup leaves that out' : 'returns no cleanup';
      return {
        start,
        end,
        acquire: { start, end },
        message: `The effect begins \`${ctx.excerpt(call)}\` (${noun}) and ${why}: it goes on after the component, once more for each time that the effect ran.`,
        tier,
        resource: noun,
        family,
        path: [
          { start, end, message: `the ${noun} begins` },
          { start: effect.fn.range[1] - 1, end: effect.fn.range[1], message: effect.gives ? 'the effect ends, and nothing that its cleanup does ends this' : 'the effect ends without a cleanup' },
        ],
      };
    });
  },
};
