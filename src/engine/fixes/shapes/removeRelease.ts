import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Draft, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import { applyRemoval, planRemoval } from '../edit/removals';
import { statementAround } from '../edit/statements';
import { nodesAt } from '../locate';
import { unwrapAwait } from '../../syntax/nodes';

/** Removes a release that says nothing more, or that comes once too often. */
export const makeRemoveRelease: FixMaker = (given): Draft[] => {
  const { finding, source, ctx } = given;
  const early = finding.rule === 'use-after-release';
  const at = early ? finding.path[1] : finding;
  // What releases it anyway at its end may come later.
  if (at === undefined || (early && given.obligation?.landings.every((landing) => landing.to === 'variable' && landing.using) !== true)) return [];
  const call = nodesAt(source.module.ast, at).find((node) => node.type === T.CallExpression);
  const statement = call && statementAround(call);
  if (statement?.type !== T.ExpressionStatement || unwrapAwait(statement.expression) !== call) return [];
  const removal = planRemoval([statement], () => false);
  if (removal === undefined) return [];
  const plan = new Plan();
  applyRemoval(plan, removal, source, ctx.bindings);
  const cautions = early ? ['It is released at the end of its scope, and stays open until then.'] : finding.rule === 'redundant-release' ? [] : ['Look which of the two releases is the one that is meant.'];
  return [{ title: `Remove \`${ctx.excerpt(call, 40)}\``, plan, cautions }];
};
