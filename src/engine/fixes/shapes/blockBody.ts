import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isCall, unwrap } from '../../syntax/nodes';
import type { Draft, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import { nodesAt } from '../locate';

/** `() => map.delete(key)` -> `() => { map.delete(key); }`: what the call gives decides about nothing any more. */
export const makeBlockBody: FixMaker = ({ finding, source, ctx }): Draft[] => {
  const [call] = nodesAt(source.module.ast, finding);
  const arrow = call && arrowAround(call);
  if (!isCall(call) || arrow === undefined || arrow.body.type === T.BlockStatement) return [];
  const plan = new Plan();
  const [start, end] = arrow.body.range;
  // A promise has to be waited for as before.
  const waits = !arrow.async && ctx.callFact(call)?.promise === true;
  if (waits) plan.insert(arrow.range[0], 'async ');
  const parenthesized = source.text.slice(0, start).trimEnd().endsWith('(');
  if (parenthesized) return [];
  plan.insert(start, waits ? '{ await ' : '{ ').insert(end, '; }');
  return [{ title: 'Give nothing back: put the call into a block', plan, cautions: ['A failure of the body is no longer suppressed.'] }];
};

function arrowAround(call: TSESTree.Node): TSESTree.ArrowFunctionExpression | undefined {
  let at: TSESTree.Node = call;
  while (at.parent !== undefined && (unwrap(at.parent) !== at.parent || at.parent.type === T.AwaitExpression)) at = at.parent;
  return at.parent?.type === T.ArrowFunctionExpression && at.parent.body === at ? at.parent : undefined;
}
