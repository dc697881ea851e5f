import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from '../../syntax/nodes';
import { isAsync, rootOf, within, wrapped } from '../../syntax/nodes';
import { isExecutor, makesPromise } from '../../syntax/promises';
import type { Draft, FixCase, FixMaker } from '../case';
import { importName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { listOf, removeStatement, statementAround, statementsOf } from '../edit/statements';
import type { Piping } from '../scope/piping';
import { listensAlready, outcomesOf, pipingOf } from '../scope/piping';
import { callAt } from './await';

/**
 * `new Promise((resolve, reject) => { a.pipe(b); b.on('finish', resolve); b.on('error', reject); })` -> `pipeline(a, b)` of
 * `node:stream/promises`, which destroys every stream when one fails.
 */
export const makeAwaitedPipeline: FixMaker = (given): Draft[] => {
  const call = callAt(given);
  const executor = call && rootOf(call);
  const made = executor?.parent;
  if (executor === undefined || !isExecutor(executor) || executor.async || !makesPromise(made)) return [];
  const [resolve, reject] = executor.params;
  const { body } = executor;
  const piping = body && pipingOf(body.type === T.BlockStatement ? body.body : [body], given);
  const outcomes = piping && outcomesOf(piping, given);
  if (piping === undefined || outcomes === undefined || resolve?.type !== T.Identifier || outcomes.done !== resolve.name) return [];
  if (outcomes.failed !== undefined && (reject?.type !== T.Identifier || outcomes.failed !== reject.name)) return [];
  const { source, ctx, ability } = given;
  const imported = importName('pipeline', 'node:stream/promises', source, ctx.bindings, ability);
  const place = placeOf(made);
  if (imported === undefined || place === undefined || (piping.declarations.length > 0 && !place.whole) || clashes(piping, executor, given) || namesParameter(piping, executor, given)) return [];
  const text = `${imported.local}(${piping.streams.map((stream) => source.textOf(stream)).join(', ')})`;
  const plan = new Plan();
  imported.apply(plan);
  const { node } = place;
  if (!place.whole) plan.replace({ start: made.range[0], end: made.range[1] }, text);
  else {
    const apart = source.breakAt(node.range[0]);
    const kept = [...piping.declarations.map((declaration) => ({ at: declaration.range[0], text: source.textOf(declaration) })), ...commentsOf(piping, made, given)].sort((one, other) => one.at - other.at);
    plan.insert(node.range[0], kept.map((one) => `${one.text}${apart}`).join('')).replace({ start: made.range[0], end: made.range[1] }, text);
  }
  if (!place.whole && commentsOf(piping, made, given).length > 0) return [];
  const late = isAsync(rootOf(made)) ? [] : ['What making the streams throws comes at once now, and not as a rejection.'];
  return [{ title: 'Pipe by `pipeline`, which destroys every stream when one fails', plan, cautions: [...late, 'A failure destroys all of the streams.'] }];
};

/** The statement that is nothing but the promise: `await new Promise(...)`, `return new Promise(...)`. Otherwise the promise alone. */
function placeOf(made: TSESTree.NewExpression): { readonly node: TSESTree.Node; readonly whole: boolean } | undefined {
  const value = wrapped(made).parent?.type === T.AwaitExpression ? wrapped(made).parent : wrapped(made);
  const statement = value?.parent;
  if ((statement?.type === T.ReturnStatement || (statement?.type === T.ExpressionStatement && value?.type === T.AwaitExpression)) && listOf(statement)) return { node: statement, whole: true };
  return { node: made, whole: false };
}

/** A constant that moves out of the executor means something else there already. */
function clashes({ declarations }: Piping, executor: FunctionNode, { ctx }: FixCase): boolean {
  const names = new Set(declarations.flatMap(({ declarations: all }) => all.map(({ id }) => ctx.textOf(id))));
  const around = rootOf(executor);
  return ctx.bindings.scopes.scopes.some(({ block, variables }) => block !== executor && (block === around || block.parent === around) && variables.some(({ name, defs }) => defs.length > 0 && names.has(name)));
}

/** What stays names what only the executor has. */
function namesParameter({ declarations, streams }: Piping, executor: FunctionNode, { ctx }: FixCase): boolean {
  const kept = [...declarations, ...streams];
  return ctx.bindings.scopes.getDeclaredVariables(executor).some(({ defs, references }) => defs.some(({ type }) => type === 'Parameter') && references.some(({ identifier }) => kept.some((node) => within(identifier, node))));
}

/** Comments that stand in none of the text that is kept. */
function commentsOf({ declarations, streams }: Piping, made: TSESTree.Node, { source }: FixCase): { readonly at: number; readonly text: string }[] {
  const kept = [...declarations, ...streams];
  return source
    .commentsIn({ start: made.range[0], end: made.range[1] })
    .filter(({ range }) => !kept.some((node) => range[0] >= node.range[0] && range[1] <= node.range[1]))
    .map(({ range: [start, end] }) => ({ at: start, text: source.slice({ start, end }) }));
}

/** The same where a callback hears of both: `a.pipe(b); a.on('error', done); b.on('finish', () => done());` -> `pipeline(a, b, (error) => ...)`. */
export const makeCalledPipeline: FixMaker = (given): Draft[] => {
  const { source, ctx, ability } = given;
  const call = callAt(given);
  const statement = call && statementAround(call);
  const list = statement && listOf(statement);
  if (statement?.type !== T.ExpressionStatement || list === undefined) return [];
  const named = statementsOf(list).filter((one) => one === statement || (one.type === T.ExpressionStatement && (pipingOf([one, statement], given)?.listening.includes(one) ?? false)));
  const piping = pipingOf(named, given);
  const outcomes = piping && outcomesOf(piping, given);
  if (piping === undefined || outcomes?.failed === undefined || outcomes.failed !== outcomes.done || !isOnlyThese(piping, named, given)) return [];
  const imported = importName('pipeline', 'node:stream', source, ctx.bindings, ability);
  const inner = source.commentsIn({ start: statement.range[0], end: statement.range[1] });
  if (imported === undefined || inner.length > 0) return [];
  const plan = new Plan();
  imported.apply(plan);
  const callback = ability.typescript ? `(error) => ${outcomes.done}(error ?? undefined)` : outcomes.done;
  plan.replace({ start: statement.expression.range[0], end: statement.expression.range[1] }, `${imported.local}(${[...piping.streams.map((stream) => source.textOf(stream)), callback].join(', ')})`);
  for (const one of piping.listening) removeStatement(plan, one, source);
  return [{ title: 'Pipe by `pipeline`, which destroys every stream when one fails', plan, cautions: ['A failure destroys all of the streams.'] }];
};

/** The streams that have a name are used by these statements alone, so that nothing else listens. */
function isOnlyThese({ streams }: Piping, statements: readonly TSESTree.Node[], { ctx }: FixCase): boolean {
  return streams.every((stream) => {
    const variable = stream.type === T.Identifier ? ctx.bindings.variableOf(stream) : undefined;
    if (variable === undefined) return true;
    const value = ctx.bindings.onlyValueOf(variable);
    if (value?.parent?.type === T.VariableDeclarator && value.parent.init !== null && listensAlready(value.parent.init)) return false;
    return variable.references.every(({ identifier, init }) => init === true || statements.some((one) => identifier.range[0] >= one.range[0] && identifier.range[1] <= one.range[1]));
  });
}
