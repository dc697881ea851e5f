import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { rootOf } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { Draft, FixMaker } from '../case';
import { freeName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { endOfLineOf } from '../edit/statements';
import { nodesAt } from '../locate';

/** `catch (error) { log(error); }` in a manager -> `throw error;` at its end: whoever ran the body hears of the failure. */
export const makeRethrow: FixMaker = ({ finding, source, ctx }): Draft[] => {
  const clause = nodesAt(source.module.ast, finding).find(({ type }) => type === T.CatchClause);
  if (clause?.type !== T.CatchClause || (clause.param !== null && clause.param.type !== T.Identifier)) return [];
  const { body } = clause;
  const last = body.body.at(-1);
  let returns = 0;
  walk(body, (node) => {
    if (node.type === T.ReturnStatement && rootOf(node) === rootOf(clause)) returns++;
  });
  const ends = last?.type === T.ReturnStatement;
  if (last === undefined || returns > (ends ? 1 : 0)) return [];
  const name = clause.param?.name ?? freeName('error', ctx.bindings, clause);
  const plan = new Plan();
  if (clause.param === null) plan.insert(body.range[0], `(${name}) `);
  const text = `throw ${name}${source.semi}`;
  if (ends) plan.replace({ start: last.range[0], end: last.range[1] }, text);
  else plan.insert(endOfLineOf(last, source), `${source.breakAt(last.range[0])}${text}`);
  return [{ title: `Throw \`${name}\` again`, plan, cautions: ['Whoever ran the body hears of its failure now.'] }];
};
