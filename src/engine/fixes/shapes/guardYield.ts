import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { releasesByName } from '../../resources/ownedNames';
import { calleeName, isFunction, unwrapAwait, within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { Draft, FixCase, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import type { StatementList } from '../edit/statements';
import { endOfLineOf, listOf, statementAround, statementsOf } from '../edit/statements';
import { nodesAt } from '../locate';

/** `yield x; close(x);` -> `try { yield x; } finally { close(x); }`: what stands between the two stays in the `try`. */
export const makeGuardYield: FixMaker = (given): Draft[] => {
  const { finding, source } = given;
  const [call] = nodesAt(source.module.ast, finding);
  const cleanup = call && statementAround(call);
  const list = cleanup && listOf(cleanup);
  if (cleanup?.type !== T.ExpressionStatement || list === undefined) return [];
  const all = statementsOf(list);
  const at = all.indexOf(cleanup);
  const from = all.findLastIndex((statement, index) => index < at && yields(statement));
  if (from < 0) return [];
  const to = all.findIndex((statement, index) => index > at && !releases(statement));
  const guarded = all.slice(from, at);
  const cleanups = all.slice(at, to < 0 ? all.length : to);
  const [first] = guarded;
  const last = cleanups.at(-1);
  if (first === undefined || last === undefined || declaresBeyond(guarded, list, given)) return [];
  // By its name alone it could be what ends a success.
  const known = cleanups.every((statement) => isKnownRelease(statement, given));
  const plan = new Plan();
  const indent = source.indentAt(first.range[0]);
  const outer = `${source.newline}${indent}`;
  const inner = `${outer}${source.unit}`;
  if (!source.beginsLine(first.range[0]) || !source.beginsLine(cleanup.range[0])) return [];
  plan.insert(first.range[0], `try {${inner}`);
  plan.indent(source.indentableLines({ start: source.nextLine(first.range[0]), end: endOfLineOf(last, source) }), source.unit);
  plan.insert(endOfLineOf(guarded.at(-1) ?? first, source), `${outer}} finally {`);
  plan.insert(endOfLineOf(last, source), `${outer}}`);
  return [{ title: 'Release in a `finally` around the `yield`', plan, cautions: known ? [] : ['It runs when the body fails, too.'], within: { start: first.range[0], end: last.range[1] } }];
};

function yields(statement: TSESTree.Node): boolean {
  let found = false;
  walk(statement, (node) => {
    if (node.type === T.YieldExpression && !isNested(node, statement)) found = true;
  });
  return found;
}

function isNested(node: TSESTree.Node, statement: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = node; at !== undefined && at !== statement; at = at.parent) if (isFunction(at)) return true;
  return false;
}

function releases(statement: TSESTree.Node): boolean {
  const call = statement.type === T.ExpressionStatement ? unwrapAwait(statement.expression) : undefined;
  return call?.type === T.CallExpression && releasesByName(calleeName(call) ?? '');
}

function isKnownRelease(statement: TSESTree.Node, { ctx }: FixCase): boolean {
  const call = statement.type === T.ExpressionStatement ? unwrapAwait(statement.expression) : undefined;
  return call?.type === T.CallExpression && ctx.releasingCalls.has(call);
}

/** Something that is declared inside is named outside: a `try` would hide it. */
function declaresBeyond(statements: readonly TSESTree.Node[], list: StatementList, { ctx }: FixCase): boolean {
  const inside = (node: TSESTree.Node): boolean => statements.some((statement) => within(node, statement));
  const scope = ctx.bindings.scopes.acquire(list) ?? ctx.bindings.scopes.acquire(list.parent ?? list);
  return (scope?.variables ?? []).some(({ defs, references }) => defs.some(({ name }) => inside(name)) && references.some(({ identifier }) => !inside(identifier)));
}
