import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../../ownership/context';
import { isFunction, rootOf, unwrap, unwrapAwait, wrapped } from '../../syntax/nodes';
import { promiseMethod } from '../../syntax/promises';
import type { ResourceCase } from '../case';
import type { StatementList } from '../edit/statements';
import { listOf, statementsOf } from '../edit/statements';
import { onlyCompute } from './transaction';

/** What a piece of code does with a list of resources: releases each, gives it to the caller, or works with them meanwhile. */
export type ListUse =
  | { readonly kind: 'release'; readonly statement: TSESTree.Node; readonly method: string; readonly element: string; readonly atOnce: boolean }
  | { readonly kind: 'returned'; readonly statement: TSESTree.ReturnStatement }
  | { readonly kind: 'used' };

/** Undefined for what may keep the list, or an element of it, for longer than the scope of `list`. */
export function useOfList(name: TSESTree.Node, list: StatementList, given: ResourceCase): ListUse | undefined {
  const { parent } = name;
  if (parent?.type === T.ReturnStatement) return rootOf(parent) === rootOf(list) && listOf(parent) !== undefined ? { kind: 'returned', statement: parent } : undefined;
  if (parent?.type === T.ForOfStatement && parent.right === name && !parent.await) return useInLoop(parent, list, given);
  if (parent?.type !== T.MemberExpression || parent.object !== name) return undefined;
  if (parent.computed) return isMeanwhile(parent) ? { kind: 'used' } : undefined;
  const method = parent.property.type === T.Identifier ? parent.property.name : '';
  if (method === 'length') return { kind: 'used' };
  const call = parent.parent;
  if (call.type !== T.CallExpression || call.callee !== parent || (method !== 'map' && method !== 'forEach')) return undefined;
  const [fn] = call.arguments;
  return isFunction(fn) ? useByEach(call, fn, method, list, given) : undefined;
}

function useInLoop(loop: TSESTree.ForOfStatement, list: StatementList, given: ResourceCase): ListUse | undefined {
  const element = loop.left.type === T.VariableDeclaration ? loop.left.declarations[0]?.id : undefined;
  if (element?.type !== T.Identifier) return undefined;
  const [only, ...more] = loop.body.type === T.BlockStatement ? loop.body.body : [loop.body];
  const method = only?.type === T.ExpressionStatement && more.length === 0 ? releaseOf(only.expression, element, given) : undefined;
  if (method !== undefined) return endsScope(loop, list) ? { kind: 'release', statement: loop, method, element: element.name, atOnce: false } : undefined;
  return elementsAreUsed(element, undefined, given) ? { kind: 'used' } : undefined;
}

/** `await Promise.all(xs.map((x) => ...))` and `xs.forEach((x) => ...)`. */
function useByEach(call: TSESTree.CallExpression, fn: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression | TSESTree.FunctionDeclaration, name: string, list: StatementList, given: ResourceCase): ListUse | undefined {
  const [element, ...others] = fn.params;
  if (element?.type !== T.Identifier || others.length > 0) return undefined;
  const awaited = name === 'map' ? awaitedTogether(call, given.ctx) : undefined;
  const body = fn.body?.type === T.BlockStatement ? undefined : fn.body;
  const statement = name === 'map' ? awaited?.parent : call.parent;
  const method = body && statement?.type === T.ExpressionStatement ? releaseOf(body, element, given) : undefined;
  if (method !== undefined && statement) return endsScope(statement, list) ? { kind: 'release', statement, method, element: element.name, atOnce: name === 'map' } : undefined;
  if (awaited === undefined) return undefined;
  return elementsAreUsed(element, body && unwrapAwait(body), given) ? { kind: 'used' } : undefined;
}

/** `await Promise.all(call)`, or `allSettled`. */
function awaitedTogether(call: TSESTree.CallExpression, { bindings }: Context): TSESTree.AwaitExpression | undefined {
  const outer = call.parent;
  if (outer.type !== T.CallExpression || outer.arguments[0] !== call || !/^all(?:Settled)?$/.test(promiseMethod(outer, bindings) ?? '')) return undefined;
  return outer.parent.type === T.AwaitExpression ? outer.parent : undefined;
}

/** `x.close()`: by which method that releases the element. */
function releaseOf(expression: TSESTree.Node, element: TSESTree.Identifier, { obligation, ctx }: ResourceCase): string | undefined {
  const call = unwrapAwait(expression);
  const callee = call.type === T.CallExpression && call.arguments.length === 0 ? unwrap(call.callee) : undefined;
  if (callee?.type !== T.MemberExpression || callee.optional || callee.computed || callee.property.type !== T.Identifier) return undefined;
  const variable = ctx.bindings.variableOf(element);
  if (callee.object.type !== T.Identifier || variable === undefined || ctx.bindings.variableOf(callee.object) !== variable) return undefined;
  const { name } = callee.property;
  const release = obligation.site.resource.releases.find((one) => one.method === name && one.on === undefined && one.incidental !== true && one.argument === undefined);
  if (release === undefined) return undefined;
  // One that nobody waits for may end when it likes.
  return release.async === true && expression === call && call.parent?.type === T.ExpressionStatement ? undefined : name;
}

/** Each element is only used while the code waits: `await x.read()`, `x.fd`; or `x.read()` where that is the `value` that is awaited. */
function elementsAreUsed(element: TSESTree.Identifier, value: TSESTree.Node | undefined, { ctx }: ResourceCase): boolean {
  const variable = ctx.bindings.variableOf(element);
  return (
    variable?.references.every(({ identifier, init }) => {
      const member = identifier.parent;
      if (init === true) return true;
      if (member.type !== T.MemberExpression || member.object !== identifier) return false;
      return (member.parent === value && value.type === T.CallExpression && value.callee === member) || isMeanwhile(identifier);
    }) ?? false
  );
}

/** The member of a resource is called and awaited, or read. */
function isMeanwhile(resource: TSESTree.Node): boolean {
  const member = resource.parent;
  if (member?.type !== T.MemberExpression || member.object !== resource) return false;
  const call = member.parent;
  if (call.type === T.CallExpression && call.callee === member) return wrapped(call).parent?.type === T.AwaitExpression;
  return call.type !== T.AssignmentExpression || call.left !== member;
}

/** Nothing with an effect follows in the list: as the last statement, or in the `finally` of what is. */
function endsScope(statement: TSESTree.Node, list: StatementList): boolean {
  for (let at = statement; ; ) {
    const around = listOf(at);
    if (around === undefined) return false;
    const all = statementsOf(around);
    if (!onlyCompute(all.slice(all.indexOf(at) + 1))) return false;
    if (around === list) return true;
    const owner: TSESTree.Node | undefined = around.parent;
    if (owner?.type !== T.TryStatement || owner.finalizer !== around) return false;
    at = owner;
  }
}
