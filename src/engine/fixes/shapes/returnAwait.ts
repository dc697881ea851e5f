import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, rootOf } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { Draft, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import { nodesAt } from '../locate';
import { awaitReturned, caughtWithin } from '../scope/returned';
import { asyncEdit } from './makeAsync';

/** `return run(x)` -> `return await run(x)`: the promise settles while what it needs is still held. */
export const makeReturnAwait: FixMaker = ({ finding, source }): Draft[] => {
  const [call] = nodesAt(source.module.ast, finding);
  const statement = call && returnAround(call);
  if (call === undefined || statement?.argument == null) return [];
  const root = rootOf(statement);
  if (!isFunction(root) || root.generator) return [];
  const plan = new Plan();
  const cautions: string[] = [];
  if (!root.async) {
    if (returnsThis(root) || !asyncEdit(plan, root, source)) return [];
    cautions.push('The function becomes async: what it throws comes as a rejection, and what it gives always as a promise.');
  }
  awaitReturned(plan, [statement.argument]);
  if (caughtWithin(statement, root) !== undefined) cautions.push('A `catch` around it now sees what the promise rejects with.');
  return [{ title: 'Return the promise with `await`', plan, cautions, within: { start: statement.range[0], end: statement.range[1] } }];
};

function returnAround(node: TSESTree.Node): TSESTree.ReturnStatement | undefined {
  for (let at: TSESTree.Node | undefined = node; at !== undefined && !isFunction(at); at = at.parent) if (at.type === T.ReturnStatement) return at;
  return undefined;
}

/** The function gives itself away for chaining: no promise of that. */
function returnsThis(fn: TSESTree.Node): boolean {
  let found = false;
  walk(fn, (node) => {
    if (node.type === T.ReturnStatement && node.argument?.type === T.ThisExpression && rootOf(node) === fn) found = true;
  });
  return found;
}
