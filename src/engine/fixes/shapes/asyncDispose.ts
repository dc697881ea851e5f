import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from '../../syntax/nodes';
import { isFunction, rootOf, staticName } from '../../syntax/nodes';
import type { Draft, FixCase, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import { nodesAt } from '../locate';
import { asyncEdit, promiseOfVoid } from './makeAsync';

type Member = TSESTree.MethodDefinition | TSESTree.PropertyDefinition | TSESTree.Property;

/** Work that nobody waits for in a dispose member: the member becomes `Symbol.asyncDispose`, and awaits what it starts. */
export const makeAsyncDispose: FixMaker = (given): Draft[] => {
  const at = nodesAt(given.source.module.ast, given.finding).at(-1);
  const member = at && memberAround(at);
  if (at === undefined || member === undefined || !isFunction(member.value)) return [];
  const fn = member.value;
  const symbol = staticName(member);
  if (fn.generator) return [];
  const plan = new Plan();
  if (symbol === 'Symbol.asyncDispose') return awaitDropped(plan, at, fn, given);
  renameSymbol(plan, member, given);
  const dropped = rootOf(at) === fn && at.parent?.type === T.ExpressionStatement;
  if (dropped && !fn.async && !asyncEdit(plan, fn, given.source)) return [];
  if (dropped) plan.insert(at.range[0], 'await ');
  else if (!fn.async) promiseOfVoid(plan, fn);
  return [{ title: 'Make it `Symbol.asyncDispose`', plan, cautions: ['Whoever declares it with `using` has to write `await using`.'] }];
};

function awaitDropped(plan: Plan, at: TSESTree.Node, fn: FunctionNode, given: FixCase): Draft[] {
  if (at.parent?.type !== T.ExpressionStatement) return [];
  if (!fn.async && !asyncEdit(plan, fn, given.source)) return [];
  plan.insert(at.range[0], 'await ');
  return [{ title: `Await \`${given.ctx.excerpt(at, 40)}\``, plan, cautions: ['What follows waits for the release, and an error of it reaches who disposes.'] }];
}

/** `[Symbol.dispose]` -> `[Symbol.asyncDispose]`, and the interface that the class says it implements with it. */
function renameSymbol(plan: Plan, member: Member, { source }: FixCase): void {
  const { key } = member;
  if (key.type === T.MemberExpression) plan.replace({ start: key.property.range[0], end: key.property.range[1] }, 'asyncDispose');
  const cls = member.parent.type === T.ClassBody ? member.parent.parent : undefined;
  for (const { expression } of cls?.implements ?? []) {
    if (expression.type === T.Identifier && source.textOf(expression) === 'Disposable') plan.replace({ start: expression.range[0], end: expression.range[1] }, 'AsyncDisposable');
  }
}

function memberAround(node: TSESTree.Node): Member | undefined {
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = at.parent) {
    if ((at.type === T.MethodDefinition || at.type === T.PropertyDefinition || at.type === T.Property) && /^Symbol\.(?:async)?[dD]ispose$/.test(staticName(at) ?? '')) return at;
  }
  return undefined;
}
