import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { callsOf } from '../events/begun';
import { uncleanedIn } from '../events/effectPaths';
import { effectOf } from '../events/effects';
import type { CodeRule } from './code-rule';

/** An effect of a component returns a cleanup, but not on every way from where it began something. */
export const effectCleanupNotOnEveryPath: CodeRule = {
  id: 'effect-cleanup-not-on-every-path',
  mentions: ['useEffect(', 'useLayoutEffect(', 'useInsertionEffect('],
  on: [T.CallExpression],
  suspects: (node, ctx) => {
    const effect = effectOf(node, ctx);
    return effect?.gives === true ? callsOf(effect).map((call) => ({ kind: 'call', start: call.range[0], end: call.range[1] })) : undefined;
  },
  judge: (node, { ctx }) => {
    const effect = effectOf(node, ctx);
    if (effect === undefined) return [];
    return uncleanedIn(effect, ctx).map(({ begun: { call, noun, family }, end: ending }) => {
      const [start, end] = call.range;
      // A `return` is shown where it stands, the end of the function by its brace.
      const [from, to] = ending === effect.fn ? [ending.range[1] - 1, ending.range[1]] : ending.range;
      return {
        start,
        end,
        acquire: { start, end },
        message: `The effect begins \`${ctx.excerpt(call)}\` (${noun}), and ${ending === effect.fn ? 'at its end' : `on line ${String(ctx.lineOf(ending))}`} it gives no cleanup, as it does elsewhere.`,
        resource: noun,
        family,
        path: [
          { start, end, message: `the ${noun} begins` },
          { start: from, end: to, message: 'the effect ends without a cleanup' },
        ],
      };
    });
  },
};
