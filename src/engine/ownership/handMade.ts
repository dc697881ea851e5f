import type { TSESTree } from '@typescript-eslint/types';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { ThrowGrade } from '../flow/grade';
import { gradePromise } from '../flow/grade-promise';
import type { FunctionNode } from '../syntax/nodes';
import { rootOf } from '../syntax/nodes';
import { makesPromise } from '../syntax/promises';
import { walk } from '../syntax/visit';
import type { Context } from './context';
import { returnedCalls } from './returnedPromise';
import { ownFunction } from './treatment';

const graded = new WeakMap<FunctionNode, ThrowGrade>();

/**
 * What awaiting the result of a function of the file throws, where that is a promise made by hand (`return new Promise((resolve, reject) => ...)`):
 * that nothing in the function throws says nothing of how its promise is settled later. `never` for other functions.
 */
export function gradeHandMade(call: TSESTree.Node, ctx: Context, way: readonly FunctionNode[] = []): ThrowGrade {
  const fn = call.type === T.CallExpression ? ownFunction(call, ctx) : undefined;
  if (fn === undefined || fn.async || fn.generator || way.includes(fn)) return 'never';
  const known = graded.get(fn);
  if (known !== undefined) return known;
  const grades = returnedBy(fn).flatMap((value) => returnedCalls(value, ctx)).map((made) => (makesPromise(made) ? gradePromise(made, ctx.throwKnowledge) : gradeHandMade(made, ctx, [...way, fn])));
  const worst = grades.includes('likely') ? 'likely' : grades.includes('unlikely') ? 'unlikely' : 'never';
  // On the way in a recursion not everything was looked at.
  if (way.length === 0) graded.set(fn, worst);
  return worst;
}

function returnedBy(fn: FunctionNode): TSESTree.Node[] {
  if (fn.body === null) return [];
  if (fn.body.type !== T.BlockStatement) return [fn.body];
  const values: TSESTree.Node[] = [];
  walk(fn.body, (node) => {
    if (node.type === T.ReturnStatement && node.argument !== null && rootOf(node) === fn) values.push(node.argument);
  });
  return values;
}
