import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { TypeQuery } from '../../facts';
import { placeOf } from '../../ownership/place';
import { rootOf, unwrap, within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { ResourceCase } from '../case';
import type { Plan } from '../edit/plan';
import type { Holding } from './holding';

/** What the returns of a scope are asked for: whether a promise leaves it. */
export function questionsOfReturns(given: ResourceCase, holding: Holding): TypeQuery[] {
  return returnsIn(given, holding).map((argument) => ({ kind: 'type', start: argument.range[0], end: argument.range[1] }));
}

/** Returned expressions that may give a promise made with the resource: it has to settle before the scope ends. */
export function promisesReturned(given: ResourceCase, holding: Holding): TSESTree.Expression[] {
  return returnsIn(given, holding).filter((argument) => leavesAsPromise(argument, given));
}

function returnsIn(given: ResourceCase, { list, statement }: Holding): TSESTree.Expression[] {
  const found: TSESTree.Expression[] = [];
  walk(list, (node) => {
    if (node.type !== T.ReturnStatement || node.argument === null || node.range[0] < statement.range[1] || rootOf(node) !== given.obligation.root) return;
    const value = unwrap(node.argument);
    if (value.type === T.AwaitExpression || value.type === T.Literal || value.type === T.TemplateLiteral || value.type === T.ObjectExpression || value.type === T.ArrayExpression) return;
    found.push(node.argument);
  });
  return found;
}

function leavesAsPromise(argument: TSESTree.Expression, given: ResourceCase): boolean {
  const { ctx, obligation } = given;
  // The resource itself, handed on.
  const place = placeOf(argument, ctx.bindings);
  if (place !== undefined && obligation.effects.places.some(({ key }) => key === place.key)) return false;
  const fact = ctx.typeFact(argument);
  if (fact !== undefined && !fact.type.opaque) return fact.promise;
  if (!obligation.site.async) return false;
  return branchesOf(argument).some((value) => {
    const made = value.type === T.Identifier ? ctx.bindings.variableOf(value) : undefined;
    const from = made ? ctx.bindings.onlyValueOf(made) : value;
    return from !== undefined && unwrap(from).type === T.CallExpression && mentions(from, given);
  });
}

function branchesOf(expression: TSESTree.Node): TSESTree.Node[] {
  const node = unwrap(expression);
  if (node.type === T.ConditionalExpression) return [...branchesOf(node.consequent), ...branchesOf(node.alternate)];
  if (node.type === T.LogicalExpression) return [...branchesOf(node.left), ...branchesOf(node.right)];
  return [node];
}

/** Some place that holds the resource is named in the expression. */
export function mentions(expression: TSESTree.Node, { ctx, obligation }: ResourceCase): boolean {
  const keys = new Set(obligation.effects.places.map(({ key }) => key));
  let found = false;
  walk(expression, (node) => {
    if (node.type !== T.Identifier && node.type !== T.MemberExpression) return;
    const place = placeOf(node, ctx.bindings);
    if (place !== undefined && keys.has(place.key)) found = true;
  });
  return found;
}

/** `return p` -> `return await p`. */
export function awaitReturned(plan: Plan, arguments_: readonly TSESTree.Expression[]): void {
  for (const argument of arguments_) {
    const [start, end] = argument.range;
    if (needsParentheses(argument)) plan.insert(start, 'await (').insert(end, ')');
    else plan.insert(start, 'await ');
  }
}

/** What binds less tightly than `await`. */
export function needsParentheses({ type }: TSESTree.Node): boolean {
  return /^(?:Conditional|Logical|Binary|Sequence|Assignment|ArrowFunction|Yield|TSAs|TSSatisfies)Expression$/.test(type);
}

/** A `catch` between the expression and the scope would now see what the promise rejects with. */
export function caughtWithin(node: TSESTree.Node, outer: TSESTree.Node): TSESTree.TryStatement | undefined {
  for (let at: TSESTree.Node = node; at.parent !== undefined && within(at.parent, outer); at = at.parent) {
    if (at.parent.type === T.TryStatement && at.parent.block === at && at.parent.handler !== null) return at.parent;
  }
  return undefined;
}
