import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { leaves, reachable } from '../concurrency/paths';
import type { Race } from '../concurrency/races';
import { raceOf } from '../concurrency/races';
import type { Deadline, Timer } from '../concurrency/timers';
import { deadlineOf, keepingOf, timerOf } from '../concurrency/timers';
import type { Step, Tier } from '../findings';
import { gradePromise } from '../flow/grade-promise';
import type { Context } from '../ownership/context';
import { enclosingLoop, isFunction, isLoop, rootOf, staticName, wrapped } from '../syntax/nodes';
import type { CodeRule, Report } from './code-rule';

/**
 * The shortest timeout that is worth a word, in milliseconds. One that is over within a second keeps the process, and what its callback
 * captured, for no longer than a slow request does.
 */
const SHORTEST = 1000;

/** A timer in `Promise.race`, or another deadline, runs on when the other side has won. */
export const raceTimerLeak: CodeRule = {
  id: 'race-timer-leak',
  mentions: ['Promise.race', 'Promise.any', 'new Promise', 'new AbortController'],
  on: [T.CallExpression],
  suspects: (node, ctx) => {
    const timer = timerOf(node, ctx);
    return timer === undefined || (timer.delay !== undefined && timer.delay < SHORTEST) ? undefined : [];
  },
  judge: (node, { ctx }) => {
    const timer = timerOf(node, ctx);
    if (timer === undefined) return [];
    const race = raceOf(timer.call, ctx);
    if (timer.kind === 'promise') return race === undefined || isEnded(timer) ? [] : [report(timer, race.call, 'never', tierOf(timer, true, ctx), ctx)];
    const deadline = deadlineOf(timer, ctx);
    if (deadline === undefined) return [];
    if (deadline.kind === 'defers') return race === undefined ? [] : judgeRace(timer, deadline.rejects, race, ctx);
    return deadline.kind === 'aborts' ? judgeAbort(timer, ctx) : judgeSettling(timer, deadline, race, ctx);
  },
};

/** The options end it with a signal, or let the process end without it. */
function isEnded({ call }: Timer): boolean {
  const options = call.arguments[2];
  if (options === undefined) return false;
  if (options.type !== T.ObjectExpression) return true;
  return options.properties.some((property) => property.type !== T.Property || ['signal', 'ref'].includes(staticName(property) ?? ''));
}

function judgeSettling(timer: Timer, deadline: Extract<Deadline, { kind: 'settles' }>, race: Race | undefined, ctx: Context): Report[] {
  if (race !== undefined) return judgeRace(timer, deadline.rejects, race, ctx);
  const keeping = keepingOf(timer, ctx);
  if (keeping.kind === 'elsewhere') return [];
  const clears = keeping.kind === 'kept' ? keeping.clears : [];
  // A promise that somebody else can settle too, after the timer was set, in a function that runs later.
  const other = deadline.elsewhere.find((at) => at.range[0] > timer.call.range[1] && !isSettledInPlace(at, deadline.executor));
  return other === undefined || clears.length > 0 || !deadline.rejects ? [] : [report(timer, other, 'never', tierOf(timer, true, ctx), ctx)];
}

function judgeRace(timer: Timer, rejects: boolean, race: Race, ctx: Context): Report[] {
  const keeping = keepingOf(timer, ctx);
  if (keeping.kind === 'elsewhere') return [];
  const clears = keeping.kind === 'kept' ? keeping.clears : [];
  if (clears.length === 0) return [report(timer, race.call, 'never', tierOf(timer, rejects, ctx), ctx)];
  return clearedOnlyOnSuccess(race, clears, ctx) ? [report(timer, race.call, 'on-success', tierOf(timer, rejects, ctx), ctx)] : [];
}

/** The executor itself settles: at once, before the timer has any meaning. */
function isSettledInPlace(use: TSESTree.Node, executor: TSESTree.Node): boolean {
  return rootOf(use) === executor && use.parent?.type === T.CallExpression && use.parent.callee === use;
}

/** The race is awaited, an error of it leaves the function, and on the way there is nothing that clears the timer. */
function clearedOnlyOnSuccess({ call, others }: Race, clears: readonly TSESTree.Node[], ctx: Context): boolean {
  const root = rootOf(call);
  const { parent } = wrapped(call);
  if (parent?.type !== T.AwaitExpression || clears.some((clear) => rootOf(clear) !== root)) return false;
  if (!others.some((other) => gradePromise(other, ctx.throwKnowledge) === 'likely')) return false;
  const graph = ctx.graphOf(root);
  const after = reachable(graph.nodesOf(parent).filter(({ kind }) => kind === 'await'), (at) => clears.includes(at), ctx, (edge) => edge.kind === 'throw');
  return leaves(after, graph);
}

/** `setTimeout(() => controller.abort(), ms)`: set before the work, and cleared after it unless the work fails. */
function judgeAbort(timer: Timer, ctx: Context): Report[] {
  const keeping = keepingOf(timer, ctx);
  const root = rootOf(timer.call);
  if (keeping.kind === 'elsewhere' || !isFunction(root)) return [];
  // One that nothing clears is often meant for more than this function.
  const clears = keeping.kind === 'kept' ? keeping.clears : [];
  if (clears.length === 0 || clears.some((clear) => rootOf(clear) !== root)) return [];
  const graph = ctx.graphOf(root);
  const after = reachable(graph.nodesOf(timer.call).filter(({ kind }) => kind === 'call'), (at) => clears.includes(at), ctx, (edge) => edge.kind !== 'throw');
  const work = [...after].find(({ kind }) => kind === 'await');
  if (work === undefined || !leaves(after, graph)) return [];
  return [report(timer, work.ast, 'on-success', tierOf(timer, true, ctx), ctx)];
}

/** A wait of unknown length that merely gives way is often a step of a poll; not one whose length is called a time limit. */
function tierOf({ call, delay }: Timer, rejects: boolean, ctx: Context): Tier {
  const length = call.arguments[1];
  const limits = length !== undefined && /time_?out|deadline|time_?limit/i.test(ctx.textOf(length));
  return rejects || (delay !== undefined && enclosingLoop(call) === undefined) || (limits && !isInTurns(call)) ? 'potential' : 'hint';
}

/** A loop does it again and again, also where the promise is made in place. */
function isInTurns(call: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = call; at !== undefined; at = at.parent) {
    if (isLoop(at)) return true;
    if (isFunction(at) && at.parent.type !== T.NewExpression) return false;
  }
  return false;
}

function report({ call, kind }: Timer, other: TSESTree.Node, cleared: 'never' | 'on-success', tier: Tier, ctx: Context): Report {
  const [start, end] = call.range;
  const remedy = kind === 'promise' ? 'pass a `signal` and abort it' : 'clear it in a `finally`';
  const won = `\`${ctx.excerpt(ctx.awaited(other))}\` on line ${String(ctx.lineOf(other))}`;
  const decided = other.type === T.Identifier ? `${won} settles the promise` : `${won} is decided without it`;
  const steps: Step[] = [
    { start, end, message: 'the timeout is set' },
    { start: other.range[0], end: other.range[1], message: cleared === 'never' ? 'it is decided by something else, and the timeout runs on' : 'it fails, and what would clear the timeout is skipped' },
  ];
  return {
    start,
    end,
    acquire: { start, end },
    resource: 'timeout',
    family: 'timer',
    tier,
    path: steps,
    message: cleared === 'never' ? `The timeout runs on when ${decided}: ${remedy}.` : `The timeout runs on when ${won} fails: it is cleared on success only; ${remedy}.`,
  };
}
