import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { droppedAt, questionsOfDrop } from '../events/dropped';
import type { CodeRule } from './code-rule';
import { SUBSCRIPTION_WORDS, reportDropped } from './dropped-subscriptions';

/** An object that has an end listens to one that lives on, and throws away what would end that. */
export const subscriptionDropped: CodeRule = {
  id: 'subscription-dropped',
  mentions: SUBSCRIPTION_WORDS,
  on: [T.CallExpression],
  suspects: (node) => questionsOfDrop(node),
  judge: (node, { ctx }) => {
    const dropped = node.type === T.CallExpression ? droppedAt(node, ctx) : undefined;
    if (dropped?.evidence.kind !== 'owner' || dropped.editor) return [];
    return [reportDropped(dropped, `The result of \`${ctx.excerpt(dropped.call)}\` is dropped: when this object is disposed of, the listener stays and keeps it alive.`, ctx)];
  },
};
