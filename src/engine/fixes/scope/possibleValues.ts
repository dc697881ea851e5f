import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { staticName, unwrap, unwrapAwait } from '../../syntax/nodes';
import { isNothing } from '../../syntax/values';
import type { ResourceCase } from '../case';

/** A resource that is only one of the value's possibilities: `open ? await acquire() : undefined`, `await acquire().catch(() => null)`. */
export function mayBeAbsent(value: TSESTree.Node, { obligation: { site } }: ResourceCase): boolean {
  let at = unwrapAwait(value);
  for (;;) {
    if (at === site.call || at.type === T.Identifier) return false;
    if (at.type !== T.CallExpression || at.callee.type !== T.MemberExpression) return true;
    if (at.callee.property.type === T.Identifier && at.callee.property.name === 'catch') return true;
    at = unwrapAwait(at.callee.object);
  }
}

/** The value can be something else that is not this resource, and that is not ours to release: `given ?? acquire()`, `ready && acquire()`. */
export function mayBeAnother(value: TSESTree.Node, { obligation: { site } }: ResourceCase): boolean {
  let other = false;
  for (let at: TSESTree.Node | undefined = site.call; at !== undefined && at !== value.parent && !other; at = at.parent) {
    const parent: TSESTree.Node | undefined = at === value ? undefined : at.parent;
    if (parent?.type === T.ConditionalExpression && at !== parent.test) other = !isNothing(at === parent.consequent ? parent.alternate : parent.consequent);
    if (parent?.type === T.LogicalExpression) other = at === parent.right || parent.operator === '&&' || !isNothing(parent.right);
  }
  return other;
}

/**
 * When the value is what this code acquired: `client !== given` for `given ?? await acquire()`, `toFile` for `toFile ? acquire() : process.stdout`.
 * Undefined where nothing tells that later.
 */
export function ownCondition(name: string, value: TSESTree.Node, given: ResourceCase): string | undefined {
  const { obligation: { site }, ctx } = given;
  const choice = unwrapAwait(value);
  const isOwn = (node: TSESTree.Node): boolean => unwrapAwait(node) === site.call;
  if (choice.type === T.LogicalExpression) return choice.operator !== '&&' && isOwn(choice.right) && isLasting(choice.left, given) ? `${name} !== ${ctx.textOf(unwrap(choice.left))}` : undefined;
  if (choice.type !== T.ConditionalExpression) return undefined;
  const own = isOwn(choice.consequent) ? 'yes' : isOwn(choice.alternate) ? 'no' : undefined;
  if (own === undefined) return undefined;
  const test = unwrap(choice.test);
  if (isLasting(test, given)) return `${own === 'yes' ? '' : '!'}${ctx.textOf(test)}`;
  if (test.type === T.BinaryExpression && isLasting(test.left, given) && isLasting(test.right, given)) return own === 'yes' ? ctx.textOf(test) : `!(${ctx.textOf(test)})`;
  if (test.type === T.UnaryExpression && test.operator === '!' && isLasting(test.argument, given)) return own === 'yes' ? ctx.textOf(test) : ctx.textOf(unwrap(test.argument));
  const other = own === 'yes' ? choice.alternate : choice.consequent;
  return isLasting(other, given) ? `${name} !== ${ctx.textOf(unwrap(other))}` : undefined;
}

/** A literal, a name that is never written again, or a member of a global: it is the same later on. */
function isLasting(expression: TSESTree.Node, { ctx }: ResourceCase): boolean {
  const node = unwrap(expression);
  if (node.type === T.Literal || (node.type === T.Identifier && node.name === 'undefined')) return true;
  if (node.type === T.MemberExpression) {
    const object = unwrap(node.object);
    return !node.computed && staticName(node) !== undefined && object.type === T.Identifier && ctx.bindings.isGlobal(object);
  }
  const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
  return variable?.references.every((reference) => !reference.isWrite() || reference.init === true) ?? false;
}
