import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { Held } from '../events/held';
import { INPUT_MAKERS, halfDisposed, inputNoun } from '../events/inputs';
import { heldIn } from '../events/held';
import type { HeldResource } from '../events/heldResources';
import { resourcesHeldIn } from '../events/heldResources';
import type { Recurring } from '../events/recurring';
import { leftByRecurring } from '../events/recurring';
import type { Outcome } from '../events/settling';
import { outcomesOf } from '../events/settling';
import type { Context } from '../ownership/context';
import type { Family } from '../resources/model';
import { isFunction } from '../syntax/nodes';
import { executorOf } from '../syntax/promises';
import { walk } from '../syntax/visit';
import type { CodeRule, Report } from './code-rule';
import { participleOf } from './words';

const NOUNS: Readonly<Record<Held['kind'], Words>> = {
  interval: { noun: 'interval', undone: 'cleared', family: 'timer' },
  timeout: { noun: 'timeout', undone: 'cleared', family: 'timer' },
  listener: { noun: 'listener', undone: 'removed', family: 'listener' },
  disposable: { noun: 'subscription', undone: 'disposed of', family: 'listener' },
};

interface Words {
  readonly noun: string;
  readonly undone: string;
  readonly family: Family;
}

function wordsOf(held: Held | HeldResource): Words {
  if (held.kind !== 'resource') return NOUNS[held.kind];
  const { site } = held.obligation;
  return { noun: site.resource.noun, undone: participleOf(site), family: site.resource.family };
}

/** What a hand-made promise waits with is released on one outcome and forgotten on another; an input of the editor, when it is accepted and not when it is hidden. */
export const eventPathLeak: CodeRule = {
  id: 'event-path-leak',
  mentions: ['new Promise', ...INPUT_MAKERS],
  on: [T.NewExpression, T.CallExpression],
  suspects: (node) => (executorOf(node) === undefined && (node.type !== T.CallExpression || inputNoun(node) === undefined) ? undefined : []),
  judge: (node, { ctx, obligations }) => {
    if (node.type === T.CallExpression) return judgeInput(node, ctx);
    const executor = executorOf(node);
    if (executor === undefined) return [];
    const settlers = executor.params.flatMap((parameter): Variable[] => {
      const variable = ctx.bindings.variableOf(parameter);
      return variable ? [variable] : [];
    });
    const recurring = leftByRecurring(executor, settlers, ctx);
    if (recurring !== undefined) return [judgeRecurring(recurring, ctx)];
    const held: (Held | HeldResource)[] = [...heldIn(executor, ctx), ...resourcesHeldIn(executor, obligations, ctx)];
    const settled = held.length === 0 ? undefined : outcomesOf(executor, settlers, held, ctx);
    return settled === undefined ? [] : settled.held.flatMap((one) => judgeHeld(one, settled.outcomes, ctx));
  },
};

function judgeRecurring({ awaited, left }: Recurring, ctx: Context): Report {
  const [start, end] = left.call.range;
  const [from, to] = awaited.call.range;
  const target = ctx.excerpt(left.target);
  return {
    start,
    end,
    acquire: { start, end },
    message: `The listener for ${ctx.textOf(left.event)} on \`${target}\` stays each time that ${ctx.textOf(awaited.event)} settles the promise: every wait adds one.`,
    tier: 'potential',
    resource: 'listener',
    family: 'listener',
    path: [
      { start, end, message: `a listener is added to \`${target}\`` },
      { start: from, end: to, message: 'this event settles the promise, and takes off its own listener only' },
    ],
  };
}

function judgeInput(call: TSESTree.CallExpression, ctx: Context): Report[] {
  const half = halfDisposed(call, ctx);
  if (half === undefined) return [];
  const { noun, name, event, release } = half;
  const [start, end] = call.range;
  const [from, to] = release.range;
  return [
    {
      start,
      end,
      acquire: { start, end },
      message: `\`${name}\` (${noun}) is disposed of on \`${event}\` and not when it is hidden, as Escape does: dispose of it on \`onDidHide\`, which always comes.`,
      tier: 'potential',
      resource: noun,
      family: 'disposable',
      path: [
        { start, end, message: `the ${noun} is made` },
        { start: from, end: to, message: 'it is disposed of here only' },
      ],
    },
  ];
}

function judgeHeld(held: Held | HeldResource, outcomes: readonly Outcome[], ctx: Context): Report[] {
  const forgetting = outcomes.find((outcome) => !outcome.releases.has(held) && !outcome.over.has(held) && !givesWhatItWatches(outcome.at, held, ctx));
  if (forgetting === undefined || !outcomes.some((outcome) => outcome.releases.has(held))) return [];
  const { noun, undone, family } = wordsOf(held);
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
      family,
      path: [
        { start, end, message: `the ${noun} begins` },
        { start: from, end: to, message: `the promise is settled here, and the ${noun} is not ${undone}` },
      ],
    },
  ];
}

/** `resolve({ server })`, and a timeout that closes the server: it belongs to what goes on with what the promise gives. */
function givesWhatItWatches(at: TSESTree.Node, held: Held | HeldResource, ctx: Context): boolean {
  if (held.kind !== 'timeout' || at.type !== T.CallExpression) return false;
  const given = at.arguments.flatMap((argument) => variablesIn(argument, ctx));
  return given.length > 0 && held.endsIn.flatMap((callback) => variablesIn(callback, ctx)).some((variable) => given.includes(variable));
}

function variablesIn(node: TSESTree.Node, ctx: Context): Variable[] {
  const found: Variable[] = [];
  walk(node, (part) => {
    const variable = part.type === T.Identifier ? ctx.bindings.variableOf(part) : undefined;
    if (variable && isFunction(ctx.bindings.ownerOf(variable))) found.push(variable);
  });
  return found;
}
