import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { captureOf } from '../../events/listening';
import { leftBehind } from '../../events/siblings';
import { calleeName, enclosingClass, unwrap, wrapped } from '../../syntax/nodes';
import type { Draft, FixCase, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import { endOfLineOf, listOf } from '../edit/statements';
import { nodesAt } from '../locate';
import { isNamedAt, namesIn } from '../scope/commonScope';

/** `bus.off('x', onX);` -> `bus.off('x', onX);\nbus.off('y', onY);`: behind the last of its siblings that is taken off. */
export const makeRemoveWithSiblings: FixMaker = (given): Draft[] => {
  const { finding, source, ctx } = given;
  const call = nodesAt(source.module.ast, finding).find((node) => node.type === T.CallExpression);
  const left = call?.type === T.CallExpression ? leftBehind(call, ctx) : undefined;
  const sibling = left?.taken.at(-1);
  const callee = sibling && unwrap(sibling.callee);
  if (left === undefined || sibling === undefined || callee?.type !== T.MemberExpression || !isStable(left.listening.listener, sibling, given)) return [];
  const statement = wrapped(sibling).parent;
  if (statement?.type !== T.ExpressionStatement || listOf(statement) === undefined) return [];
  const { event, listener } = left.listening;
  const capture = calleeName(sibling) === 'removeEventListener' ? captureOf(left.listening.call.arguments[2]) : false;
  if (capture === undefined || !namesIn(event, given).every((variable) => isNamedAt(variable, sibling, given))) return [];
  const text = `${source.textOf(callee.object)}.${calleeName(sibling) ?? ''}(${source.textOf(event)}, ${source.textOf(listener)}${capture ? ', true' : ''})`;
  const plan = new Plan().insert(endOfLineOf(statement, source), `${source.breakAt(statement.range[0])}${text}${source.semi}`);
  return [{ title: `Take it off with the others: \`${text}\``, plan, cautions: [] }];
};

/** The same function again where it is taken off: a name that is given once, or a member of `this`. */
function isStable(listener: TSESTree.Node, at: TSESTree.Node, given: FixCase): boolean {
  const node = unwrap(listener);
  if (node.type === T.MemberExpression) return node.object.type === T.ThisExpression && enclosingClass(node) === enclosingClass(at);
  const variable = node.type === T.Identifier ? given.ctx.bindings.variableOf(node) : undefined;
  return variable !== undefined && given.ctx.bindings.writesOf(variable).length <= 1 && isNamedAt(variable, at, given);
}
