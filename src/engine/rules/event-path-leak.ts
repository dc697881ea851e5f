import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { Held } from '../events/held';
import { heldIn } from '../events/held';
import type { Outcome } from '../events/settling';
import { outcomesOf } from '../events/settling';
import type { Context } from '../ownership/context';
import type { FunctionNode } from '../syntax/nodes';
import { isFunction } from '../syntax/nodes';
import type { CodeRule, Report } from './code-rule';

const NOUNS: Readonly<Record<Held['kind'], { noun: string; undone: string }>> = {
  interval: { noun: 'interval', undone: 'cleared' },
  timeout: { noun: 'timeout', undone: 'cleared' },
  listener: { noun: 'listener', undone: 'removed' },
  disposable: { noun: 'subscription', undone: 'disposed of' },
};

/** What a hand-made promise waits with is released on one outcome and forgotten on another. */
export const eventPathLeak: CodeRule = {
  id: 'event-path-leak',
  mentions: ['new Promise'],
  on: [T.NewExpression],
  suspects: (node) => (executorOf(node) === undefined ? undefined : []),
  judge: (node, { ctx }) => {
    const executor = executorOf(node);
    if (executor === undefined) return [];
    const settlers = executor.params.flatMap((parameter): Variable[] => {
      const variable = ctx.bindings.variableOf(parameter);
      return variable ? [variable] : [];
    });
    const held = heldIn(executor, ctx);
    const settled = held.length === 0 ? undefined : outcomesOf(executor, settlers, held, ctx);
    return settled === undefined ? [] : settled.held.flatMap((one) => judgeHeld(one, settled.outcomes, ctx));
  },
};

function executorOf(node: TSESTree.Node): FunctionNode | undefined {
  if (node.type !== T.NewExpression || node.callee.type !== T.Identifier || node.callee.name !== 'Promise') return undefined;
  const [executor] = node.arguments;
  return isFunction(executor) ? executor : undefined;
}

function judgeHeld(held: Held, outcomes: readonly Outcome[], ctx: Context): Report[] {
  const forgetting = outcomes.find((outcome) => !outcome.releases.has(held) && !outcome.over.has(held));
  if (forgetting === undefined || !outcomes.some((outcome) => outcome.releases.has(held))) return [];
  const { noun, undone } = NOUNS[held.kind];
  const [start, end] = held.call.range;
  const [from, to] = forgetting.at.range;
  return [
    {
      start,
      end,
      acquire: { start, end },
      message: `\`${held.name}\` (${noun}) is ${undone} on one outcome of the promise and not when \`${ctx.excerpt(forgetting.at)}\` on line ${String(ctx.lineOf(forgetting.at))} settles it.`,
      tier: held.kind === 'interval' ? 'definite' : 'potential',
      resource: noun,
      family: held.kind === 'interval' || held.kind === 'timeout' ? 'timer' : 'listener',
      path: [
        { start, end, message: `the ${noun} begins` },
        { start: from, end: to, message: `the promise is settled here, and the ${noun} is not ${undone}` },
      ],
    },
  ];
}
