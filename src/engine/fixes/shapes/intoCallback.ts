import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { escapesOf } from '../../ownership/escapes';
import type { FunctionNode } from '../../syntax/nodes';
import { calleeName, isFunction, rootOf, within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { Draft, FixCase, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import { listOf, removeStatement } from '../edit/statements';
import { scopedOf } from '../scope/escaping';

/** Calls whose callback runs once. */
const ONCE = new Set(['setTimeout', 'setImmediate', 'queueMicrotask', 'nextTick']);

/** `using x = acquire(); setTimeout(() => { work(x); }, 100);` -> the `using` goes into the callback, which alone needs it. */
export const moveIntoCallback: FixMaker = (given): Draft[] => {
  const { source, ctx } = given;
  const scoped = scopedOf(given);
  const [escape, ...more] = scoped ? escapesOf(scoped, ctx) : [];
  const callback = escape?.closure;
  if (scoped === undefined || callback?.parent.type !== T.CallExpression || !ONCE.has(calleeName(callback.parent) ?? '') || more.some(({ closure }) => closure !== callback)) return [];
  const declaration = scoped.declarator.parent;
  if (listOf(declaration) === undefined || scoped.init === undefined || (scoped.awaited && !callback.async)) return [];
  if (!scoped.variable.references.every(({ identifier, init }) => init === true || within(identifier, callback)) || !meansTheSame(scoped.init, callback, given)) return [];
  const { body } = callback;
  const [first] = body?.type === T.BlockStatement ? body.body : [];
  if (first === undefined || rootOf(first) !== callback || source.commentsIn({ start: declaration.range[0], end: declaration.range[1] }).length > 0) return [];
  const plan = new Plan();
  plan.insert(first.range[0], `${source.textOf(declaration)}${source.breakAt(first.range[0])}`);
  removeStatement(plan, declaration, source);
  return [{ title: `Acquire \`${scoped.name}\` in the callback that uses it`, plan, cautions: ['It is acquired when the callback runs: an error of that no longer reaches the caller.'] }];
};

/** Nothing that the expression names is another thing when the callback runs. */
function meansTheSame(expression: TSESTree.Node, callback: FunctionNode, { ctx }: FixCase): boolean {
  let same = true;
  walk(expression, (node) => {
    if (isFunction(node) || node.type === T.YieldExpression || node.type === T.Super) same = false;
    if (node.type === T.ThisExpression && callback.type !== T.ArrowFunctionExpression) same = false;
    if (node.type === T.AwaitExpression && !callback.async) same = false;
    const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
    if (node.type === T.Identifier && node.name === 'arguments') same = false;
    if (variable && variable.references.some((reference) => reference.isWrite() && reference.init !== true)) same = false;
    if (variable && callback.params.some((parameter) => parameter.type === T.Identifier && parameter.name === variable.name)) same = false;
  });
  return same;
}
