import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { leftBehind } from '../events/siblings';
import { listeningOf } from '../events/listening';
import type { CodeRule } from './code-rule';

/** Several listeners are put on one target, and whoever takes them off forgets one. */
export const siblingNotRemoved: CodeRule = {
  id: 'sibling-not-removed',
  mentions: ['removeEventListener(', '.off(', 'removeListener('],
  on: [T.CallExpression],
  suspects: (node) => (node.type === T.CallExpression && listeningOf(node) !== undefined ? [] : undefined),
  judge: (node, { ctx }) => {
    const left = node.type === T.CallExpression ? leftBehind(node, ctx) : undefined;
    if (left === undefined) return [];
    const [start, end] = left.listening.call.range;
    const [removal] = left.taken;
    const target = ctx.excerpt(left.listening.target);
    const steps = removal === undefined ? [] : [{ start: removal.range[0], end: removal.range[1], message: `here others are taken off \`${target}\`, and this one is not` }];
    return [
      {
        start,
        end,
        acquire: { start, end },
        tier: left.taken.length > 1 ? 'definite' : 'potential',
        message: `The listener for ${ctx.textOf(left.listening.event)} on \`${target}\` is never removed, where ${left.taken.length > 1 ? `${String(left.taken.length)} others` : 'another'} that ${left.taken.length > 1 ? 'are' : 'is'} added with it ${left.taken.length > 1 ? 'are' : 'is'}.`,
        resource: 'listener',
        family: 'listener',
        path: [{ start, end, message: `a listener is added to \`${target}\`` }, ...steps],
      },
    ];
  },
};
