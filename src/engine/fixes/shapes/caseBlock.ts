import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Draft, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import { wrapCase } from '../scope/declare';
import { scopedOf } from '../scope/escaping';
import { namesBeyond } from '../scope/transaction';

/** `case 'a': using x = acquire(); ...` -> `case 'a': { ... }`: there a `using` may stand. */
export const giveCaseBlock: FixMaker = (given): Draft[] => {
  const clause = scopedOf(given)?.block;
  if (clause?.type !== T.SwitchCase || namesBeyond(clause.consequent, clause, given)) return [];
  const plan = new Plan();
  wrapCase(plan, clause, given);
  return [{ title: 'Put braces around what the case does', plan, cautions: [] }];
};
