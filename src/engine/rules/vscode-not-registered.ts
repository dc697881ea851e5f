import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { droppedAt, questionsOfDrop } from '../events/dropped';
import { forgottenAt, questionsOfForgotten } from '../events/forgotten';
import type { Context } from '../ownership/context';
import { FORGOTTEN } from '../resources/editorDisposables';
import type { CodeRule, Report } from './code-rule';
import { SUBSCRIPTION_WORDS, reportDropped } from './dropped-subscriptions';

/**
 * What VS Code gives for a registration is thrown away where others are registered, or by an object that has an end; or what it made for
 * one use of a function is forgotten when that is over.
 */
export const vscodeNotRegistered: CodeRule = {
  id: 'vscode-not-registered',
  mentions: [...SUBSCRIPTION_WORDS, ...FORGOTTEN.keys()],
  on: [T.CallExpression],
  suspects: (node) => questionsOfDrop(node) ?? questionsOfForgotten(node),
  judge: (node, { ctx }) => {
    if (node.type !== T.CallExpression) return [];
    if (questionsOfDrop(node) === undefined) return judgeForgotten(node, ctx);
    const dropped = droppedAt(node, ctx);
    if (!dropped?.editor) return [];
    const because = dropped.evidence.kind === 'sibling' ? `those of others are kept (line ${String(ctx.lineOf(dropped.evidence.sibling))})` : 'this object is disposed of before the editor ends';
    return [reportDropped(dropped, `The Disposable of \`${ctx.excerpt(dropped.call)}\` is dropped, and nothing ends the registration; ${because}.`, ctx)];
  },
};

function judgeForgotten(call: TSESTree.CallExpression, ctx: Context): Report[] {
  const forgotten = forgottenAt(call, ctx);
  if (forgotten === undefined) return [];
  const [start, end] = call.range;
  const { name, sort } = forgotten;
  const stays = sort === 'input' ? 'hiding it, as Escape does, is not enough: dispose of it on `onDidHide`' : 'the editor keeps one for each time that this function runs';
  return [
    {
      start,
      end,
      acquire: { start, end },
      tier: 'potential',
      resource: 'Disposable',
      family: 'disposable',
      message: `\`${name}\` is neither disposed of nor registered; ${stays}.`,
      path: [{ start, end, message: `\`${name}\` is made, and only this function has it` }],
    },
  ];
}
