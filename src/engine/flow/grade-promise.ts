import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, lastName, unwrap } from '../syntax/nodes';
import { gradeCallback, qualifiedName } from './grade';
import type { ThrowGrade, ThrowKnowledge } from './grade';
import { HARMLESS_PROMISES, PAUSES } from './throw-table';

/** Grades what awaiting an expression throws: a promise rejects unless it is known not to. */
export function gradePromise(awaited: TSESTree.Node, knowledge: ThrowKnowledge): ThrowGrade {
  const node = unwrap(awaited);
  switch (node.type) {
    case T.Literal:
    case T.TemplateLiteral:
    case T.ArrayExpression:
    case T.ObjectExpression:
      return 'never';
    case T.NewExpression:
      return lastName(node.callee) === 'Promise' ? gradeExecutor(node.arguments[0], knowledge) : 'likely';
    case T.CallExpression:
      return gradeCallResult(node, knowledge);
    default:
      return 'likely';
  }
}

function gradeCallResult(call: TSESTree.CallExpression, knowledge: ThrowKnowledge): ThrowGrade {
  const summary = knowledge.summary?.(call);
  if (summary === 'throws') return 'likely';
  const callee = unwrap(call.callee);
  const name = (callee.type === T.Identifier ? knowledge.originalName?.(callee) : undefined) ?? lastName(callee) ?? '';
  if (summary === 'never') return isHarmless(name, callee) ? 'never' : (knowledge.promised?.(call) ?? 'never');
  // Whoever handles the rejection in place has it throw only on purpose.
  if (callee.type === T.MemberExpression && name === 'catch') return gradeCallback(call.arguments[0], knowledge);
  if (callee.type === T.MemberExpression && name === 'then' && call.arguments.length > 1) return 'unlikely';
  return isHarmless(name, callee) ? 'never' : 'likely';
}

function isHarmless(name: string, callee: TSESTree.Node): boolean {
  return HARMLESS_PROMISES.has(name) || PAUSES.test(name) || HARMLESS_PROMISES.has(qualifiedName(callee));
}

/** `new Promise((resolve) => setTimeout(resolve, ms))`: without a `reject` nothing but its own throw rejects it. */
function gradeExecutor(argument: TSESTree.Node | undefined, knowledge: ThrowKnowledge): ThrowGrade {
  const executor = argument && unwrap(argument);
  if (!isFunction(executor) || executor.params.length > 1) return 'likely';
  const body = executor.body.type === T.BlockStatement ? executor.body.body[0] : executor.body;
  const call = body?.type === T.ExpressionStatement ? body.expression : body;
  const only = executor.body.type !== T.BlockStatement || executor.body.body.length === 1;
  return only && call?.type === T.CallExpression && HARMLESS_PROMISES.has(lastName(call.callee) ?? '') ? 'never' : gradeCallback(executor, knowledge);
}
