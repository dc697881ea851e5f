import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { unwrapAwait, within } from '../../syntax/nodes';
import type { Draft, FixMaker, ResourceCase } from '../case';
import { ofResource } from '../case';
import { freeName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { applyRemoval, planRemoval } from '../edit/removals';
import { endOfLineOf, listOf, statementAround, statementsOf } from '../edit/statements';
import type { Holding } from '../scope/holding';
import { canAwait, holdingOf } from '../scope/holding';
import { modelRelease } from '../scope/releaseCode';
import { awaitReturned, mentions, promisesReturned } from '../scope/returned';
import { jumpsOut, namesBeyond, onlyCompute } from '../scope/transaction';

/** A `try` whose `catch` releases in its own way: `client.release(true)`. */
interface Guarded {
  readonly holding: Holding;
  readonly statement: TSESTree.TryStatement & { readonly handler: TSESTree.CatchClause };
  /** Between the acquire and the `try`. */
  readonly unguarded: readonly TSESTree.Node[];
  /** Releases of what went well, as statements. */
  readonly normal: readonly TSESTree.ExpressionStatement[];
  readonly promises: readonly TSESTree.Expression[];
}

/**
 * `try {...} catch (e) { client.release(true); throw e; } client.release();` -> the other release goes into a `finally`, unless it failed; what
 * stands in front of the `try` goes into it. Each way out keeps the release that was meant for it.
 */
export const makeFinallyUnlessFailed: FixMaker = ofResource((given): Draft[] => {
  const found = guardedOf(given);
  if (found === undefined) return [];
  const { source } = given;
  const { statement, unguarded, normal, holding } = found;
  const moves = !onlyCompute(unguarded) || jumpsOut(unguarded);
  const all = statementsOf(holding.list);
  const behind = all.slice(all.indexOf(statement) + 1);
  // A release in the `try` that fails would be followed by that of the `catch`.
  const leaves = jumpsOut([statement.block, ...unguarded]) || normal.length === 0 || normal.some((release) => within(release, statement.block));
  const plan = new Plan();
  const outer = source.breakAt(holding.statement.range[0]);
  if (leaves && !guard(plan, found, behind, given)) return [];
  if (moves && !moveInto(plan, found, given)) return [];
  if ((!moves && !leaves) || outer === ' ') return [];
  awaitReturned(plan, found.promises);
  const [first] = unguarded;
  const cautions = [...(moves && first ? [`An error of \`${given.ctx.excerpt(first, 40)}\` goes through the \`catch\` now.`] : []), ...(found.promises.length > 0 ? ['A returned promise is awaited now, and what it rejects with is caught in this function.'] : [])];
  return [{ title: `Release \`${holding.expression}\` on each way out, by try/catch/finally`, plan, cautions }];
});

function guardedOf(given: ResourceCase): Guarded | undefined {
  const { obligation } = given;
  const holding = obligation.site.resource.family === 'transaction' ? undefined : holdingOf(given);
  if (holding === undefined || holding.among !== undefined || holding.ownIf !== undefined || holding.form === 'assigned' || holding.list.type === T.Program || holding.list.type === T.SwitchCase) return undefined;
  if (obligation.effects.effects.some(({ kind }) => kind === 'transfer' || kind === 'lend' || kind === 'wrong' || kind === 'fulfilled')) return undefined;
  const all = statementsOf(holding.list);
  const start = all.indexOf(holding.statement);
  const calls = obligation.effects.effects.flatMap(({ kind, call, release }) => (kind === 'release' && call && release?.incidental !== true ? [call] : []));
  const at = all.findIndex((one, index) => index > start && one.type === T.TryStatement && one.handler !== null && one.finalizer === null && calls.some((call) => one.handler !== null && within(call, one.handler)));
  const statement = all[at];
  if (statement?.type !== T.TryStatement || !hasHandler(statement)) return undefined;
  const normal: TSESTree.ExpressionStatement[] = [];
  for (const call of calls) {
    const release = statementAround(call);
    if (release?.type !== T.ExpressionStatement || unwrapAwait(release.expression) !== call) return undefined;
    if (within(release, statement.handler)) {
      if (release.parent !== statement.handler.body) return undefined;
    } else if ((release !== all[at + 1] && !(within(release, statement.block) && endsItsPath(release))) || normal.includes(release)) return undefined;
    else normal.push(release);
  }
  if (new Set(normal.map((release) => given.source.textOf(release.expression))).size > 1) return undefined;
  const promises = promisesReturned(given, holding);
  return promises.length > 0 && !canAwait(given) ? undefined : { holding, statement, unguarded: all.slice(start + 1, at), normal, promises };
}

function hasHandler(statement: TSESTree.TryStatement): statement is Guarded['statement'] {
  return statement.handler !== null;
}

/** Nothing with an effect follows the release in its list. */
function endsItsPath(release: TSESTree.Node): boolean {
  const list = listOf(release);
  if (list === undefined) return false;
  const all = statementsOf(list);
  return onlyCompute(all.slice(all.indexOf(release) + 1));
}

/** A flag that the `catch` sets, and a `finally` that releases where it is not set. */
function guard(plan: Plan, { holding, statement, normal }: Guarded, behind: readonly TSESTree.Node[], given: ResourceCase): boolean {
  const { source, ctx } = given;
  const [first] = statement.handler.body.body;
  const [release] = normal;
  // What follows the `try` without a release of its own would use what is released by then.
  if (first === undefined || (!normal.some((one) => one === behind[0]) && behind.some((one) => mentions(one, given)))) return false;
  const model = release ? undefined : modelRelease(given, holding);
  const text = release ? source.textOf(release.expression) : model && `${model.async ? 'await ' : ''}${model.write(holding.expression)}`;
  const removal = planRemoval(normal, () => false);
  if (text === undefined || removal === undefined || (model?.async === true && !canAwait(given))) return false;
  model?.imported?.apply(plan);
  const failed = freeName('failed', ctx.bindings, statement);
  const outer = source.breakAt(holding.statement.range[0]);
  plan.insert(endOfLineOf(holding.statement, source), `${outer}let ${failed} = false${source.semi}`);
  plan.insert(first.range[0], `${failed} = true${source.semi}${source.breakAt(first.range[0])}`);
  plan.insert(statement.range[1], ` finally {${outer}${source.unit}if (!${failed}) ${text}${source.semi}${outer}}`);
  applyRemoval(plan, removal, source, ctx.bindings);
  return true;
}

/** `try {` comes up to right behind the acquire. */
function moveInto(plan: Plan, { holding, statement, unguarded }: Guarded, given: ResourceCase): boolean {
  const { source } = given;
  const open = statement.block.range[0] + 1;
  const [start] = statement.range;
  const [first] = unguarded;
  if (first === undefined || namesBeyond([...unguarded, statement.block], holding.list, given) || !source.beginsLine(start) || !source.endsLine(open) || !source.beginsLine(first.range[0])) return false;
  const from = endOfLineOf(holding.statement, source);
  plan.insert(from, `${source.breakAt(holding.statement.range[0])}try {`);
  plan.indent(source.indentableLines({ start: source.nextLine(from), end: source.lineStart(start) }), source.unit);
  plan.remove({ start: source.lineStart(start), end: source.nextLine(open) });
  return true;
}
