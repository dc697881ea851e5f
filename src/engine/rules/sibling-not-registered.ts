import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { droppedAt, questionsOfDrop } from '../events/dropped';
import type { CodeRule } from './code-rule';
import { SUBSCRIPTION_WORDS, reportDropped } from './dropped-subscriptions';

/** The end of a subscription is thrown away where those of its siblings are kept. */
export const siblingNotRegistered: CodeRule = {
  id: 'sibling-not-registered',
  mentions: SUBSCRIPTION_WORDS,
  on: [T.CallExpression],
  suspects: (node) => questionsOfDrop(node),
  judge: (node, { ctx }) => {
    const dropped = node.type === T.CallExpression ? droppedAt(node, ctx) : undefined;
    if (dropped?.evidence.kind !== 'sibling' || dropped.editor) return [];
    const { sibling } = dropped.evidence;
    return [reportDropped(dropped, `The result of \`${ctx.excerpt(dropped.call)}\` is dropped, and the listener stays; that of \`${ctx.excerpt(sibling)}\` on line ${String(ctx.lineOf(sibling))} is kept to be disposed of.`, ctx)];
  },
};
