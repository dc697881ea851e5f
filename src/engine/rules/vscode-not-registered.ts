import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { droppedAt, questionsOfDrop } from '../events/dropped';
import type { CodeRule } from './code-rule';
import { SUBSCRIPTION_WORDS, reportDropped } from './dropped-subscriptions';

/** What VS Code gives for a registration is thrown away where others are registered, or by an object that has an end. */
export const vscodeNotRegistered: CodeRule = {
  id: 'vscode-not-registered',
  mentions: SUBSCRIPTION_WORDS,
  on: [T.CallExpression],
  suspects: (node) => questionsOfDrop(node),
  judge: (node, { ctx }) => {
    const dropped = node.type === T.CallExpression ? droppedAt(node, ctx) : undefined;
    if (!dropped?.editor) return [];
    const because = dropped.evidence.kind === 'sibling' ? `those of others are kept (line ${String(ctx.lineOf(dropped.evidence.sibling))})` : 'this object is disposed of before the editor ends';
    return [reportDropped(dropped, `The Disposable of \`${ctx.excerpt(dropped.call)}\` is dropped, and nothing ends the registration; ${because}.`, ctx)];
  },
};
