import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { unwrap } from '../syntax/nodes';
import { addAll } from './dangling';
import type { Dangling } from './dangling';
import { registrationsOf } from './events';
import { evaluate, evaluateArguments } from './expressions';
import type { FlowBuilder } from './flow-builder';
import { endsProcess } from './process-exit';

type Link = TSESTree.MemberExpression | TSESTree.CallExpression | TSESTree.TSNonNullExpression;

/**
 * Member accesses and calls hang together to the left (`a.b(c).d`), so they are gone through in a loop. Leaves the frontier where
 * the last link was reached, and gives the edges that an optional link (`a?.b`) let skip it and all after it.
 */
export function evaluateChain(flow: FlowBuilder, outermost: TSESTree.Node): Dangling[] {
  const links: Link[] = [];
  let base = outermost;
  while (base.type === T.MemberExpression || base.type === T.CallExpression || base.type === T.TSNonNullExpression) {
    links.push(base);
    base = innerOf(base);
  }
  evaluate(flow, base);
  let skipped: Dangling[] = [];
  for (const link of links.reverse()) {
    if (link.type !== T.TSNonNullExpression && link.optional) {
      const { yes, no } = flow.branch('test', unwrap(innerOf(link)), { asks: 'nullish' });
      skipped = addAll(skipped, yes);
      flow.frontier = no;
    }
    if (link.type === T.CallExpression) evaluateCall(flow, link);
    else if (link.type === T.MemberExpression && link.computed) evaluate(flow, link.property);
  }
  return skipped;
}

function innerOf(link: Link): TSESTree.Node {
  if (link.type === T.CallExpression) return link.callee;
  return link.type === T.MemberExpression ? link.object : link.expression;
}

/** The call proper: its callee is evaluated already. */
export function evaluateCall(flow: FlowBuilder, call: TSESTree.CallExpression | TSESTree.NewExpression): void {
  evaluateArguments(flow, call.arguments);
  flow.add('call', call);
  if (!flow.reachable) return;
  if (endsProcess(call, flow.processExits)) {
    flow.stop();
    return;
  }
  for (const { callback, events } of registrationsOf(call)) flow.add('event', callback, { events });
}
