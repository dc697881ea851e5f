import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { FlowEdge, FlowNode } from '../flow/graph';
import { calleeName, unwrap } from '../syntax/nodes';
import type { Context } from './context';
import { placeOf } from './place';
import type { AcquireSite } from './site';

/** The node asks the resource, which one of these places holds, for more of what it gives: the head of a loop that takes it all. */
export function asksForMore({ kind, ast }: FlowNode, { resource }: AcquireSite, places: readonly string[], ctx: Context): boolean {
  const { walked } = resource;
  if (walked === undefined) return false;
  if (kind === 'iterate') return walked.loop === true && ast.type === T.ForOfStatement && ast.await && isOneOf(placeOf(ast.right, ctx.bindings)?.key, places);
  if (kind !== 'test') return false;
  const call = ctx.awaited(unwrap(ast));
  if (call.type !== T.CallExpression || call.callee.type !== T.MemberExpression || walked.asked === undefined || calleeName(call) !== walked.asked) return false;
  return isOneOf(placeOf(call.callee.object, ctx.bindings)?.key, places);
}

/** There was no more: what is walked to its end has ended by itself. */
export function isWalkedOut(node: FlowNode, edge: FlowEdge, site: AcquireSite, held: readonly string[], ctx: Context): boolean {
  return edge.kind === 'false' && asksForMore(node, site, held, ctx);
}

function isOneOf(key: string | undefined, places: readonly string[]): boolean {
  return key !== undefined && places.includes(key);
}
