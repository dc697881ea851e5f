import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { endsWhatLivesOn, isIncomingSignal, settlesWithout, tiesLives } from '../events/abortSignals';
import { removedOnlyOnSuccess } from '../events/abortPaths';
import { isOfOther, listeningOf, removalsIn, sameTarget, widestScope } from '../events/listening';
import type { CodeRule } from './code-rule';

/** A listener on a signal that the caller keeps stays there when the work that it was for is done. */
export const abortListenerLeak: CodeRule = {
  id: 'abort-listener-leak',
  mentions: ["'abort'", '"abort"'],
  on: [T.CallExpression],
  suspects: (node) => {
    const listening = node.type === T.CallExpression ? listeningOf(node) : undefined;
    return listening?.event.type === T.Literal && listening.event.value === 'abort' ? [] : undefined;
  },
  judge: (node, { ctx, obligations }) => {
    const listening = node.type === T.CallExpression ? listeningOf(node) : undefined;
    if (listening === undefined || listening.signalled || listening.removers[0] !== 'removeEventListener') return [];
    const { call, target } = listening;
    if (!isIncomingSignal(target, ctx)) return [];
    const [start, end] = call.range;
    const removals = removalsIn(widestScope(call), listening, ctx).filter((removal) => sameTarget(removal, target, ctx) && !isOfOther(removal, listening.listener, ctx));
    if (removals.length > 0) {
      const skipped = removedOnlyOnSuccess(call, removals, ctx);
      if (skipped === undefined) return [];
      return [
        {
          start,
          end,
          acquire: { start, end },
          message: `The listener on \`${ctx.excerpt(target)}\` stays when \`${ctx.excerpt(ctx.awaited(skipped))}\` on line ${String(ctx.lineOf(skipped))} rejects: it is removed on success only, and the signal is the caller's. Remove it in a \`finally\`.`,
          resource: 'abort listener',
          family: 'listener',
          path: [
            { start, end, message: `a listener is added to \`${ctx.excerpt(target)}\`` },
            { start: skipped.range[0], end: skipped.range[1], message: 'this rejects, and the removal is skipped' },
          ],
        },
      ];
    }
    if (!settlesWithout(listening, ctx) || tiesLives(listening, ctx) || endsWhatLivesOn(call, obligations)) return [];
    return [
      {
        start,
        end,
        acquire: { start, end },
        message: `The listener on \`${ctx.excerpt(target)}\` stays after the work is done: the signal is the caller's, and may live on without ever firing${listening.once ? ' (`once` takes it off only when it fires)' : ''}.`,
        resource: 'abort listener',
        family: 'listener',
        path: [{ start, end, message: `a listener is added to \`${ctx.excerpt(target)}\`, and nothing removes it` }],
      },
    ];
  },
};
