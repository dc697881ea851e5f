import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { BEGINS } from '../resources/pg';
import { holdsAll } from '../resources/predicate';
import { receiverOf, staticName, unwrap, unwrapAwait } from '../syntax/nodes';

/** Methods of pools that run one statement on whichever connection is free, by module. */
const STATEMENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['pg', new Set(['Pool#query'])],
  ['pg-pool', new Set(['Pool#query'])],
  ['mysql2', new Set(['Pool#query', 'Pool#execute'])],
  ['mysql2/promise', new Set(['Pool#query', 'Pool#execute'])],
  ['mysql', new Set(['Pool#query'])],
]);

/** The call may begin a transaction by a statement of its own; one that ends it in the same text does no harm. */
export function mayBeginTransaction(node: TSESTree.Node): node is TSESTree.CallExpression {
  if (node.type !== T.CallExpression || node.callee.type !== T.MemberExpression || !/^(query|execute)$/.test(staticName(node.callee) ?? '')) return false;
  return holdsAll([{ argument: 0, matches: BEGINS }, { argument: 0, matches: ';\\s*(commit|end|rollback)\\b', not: true }], node);
}

/** The transaction is begun on a pool of several connections: the statements after it may run on another. */
export function beginsOnPool(call: TSESTree.CallExpression, ctx: Context): boolean {
  const members = ctx.membersOf(call);
  if (members === 'local' || !members.some(({ module, member }) => STATEMENTS.get(module)?.has(member))) return false;
  const pool = receiverOf(call);
  const variable = pool && ctx.bindings.variableOf(unwrap(pool));
  const made = variable && ctx.bindings.onlyValueOf(variable);
  const value = made && unwrapAwait(made);
  const options = value?.type === T.NewExpression || value?.type === T.CallExpression ? value.arguments[0] : undefined;
  // With one connection every statement runs on it.
  return options?.type !== T.ObjectExpression || !options.properties.some((property) => property.type === T.Property && /^(max|connectionLimit)$/.test(staticName(property) ?? '') && property.value.type === T.Literal && property.value.value === 1);
}
