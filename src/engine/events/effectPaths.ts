import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowNode } from '../flow/graph';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import type { FunctionNode } from '../syntax/nodes';
import { isFunction, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { Begun } from './begun';
import { begunIn } from './begun';
import type { Effect } from './effects';
import { givesCleanup } from './effects';

/** What an effect begins, and where the effect ends without a cleanup for it. */
export interface Uncleaned {
  readonly begun: Begun;
  /** The `return`, or the effect's function where its end is reached. */
  readonly end: TSESTree.Node;
}

/** What an effect begins on every run, and a way from there on which it gives no cleanup, though it gives one on another. */
export function uncleanedIn(effect: Effect, ctx: Context): Uncleaned[] {
  if (!effect.gives || ctx.graphOf(effect.fn).truncated) return [];
  return begunIn(effect, ctx, 'own').flatMap((begun) => {
    // What begins under a condition may be asked for by the same condition at the end.
    const end = isUnconditional(begun.call, effect.fn) ? endWithoutCleanup(begun.call, effect.fn, ctx) : undefined;
    return end === undefined || asksFor(begun.call, end, effect.fn, ctx) ? [] : [{ begun, end }];
  });
}

function isUnconditional(call: TSESTree.Node, effect: FunctionNode): boolean {
  for (let at: TSESTree.Node | undefined = call.parent; at !== undefined && at !== effect; at = at.parent) {
    switch (at.type) {
      case T.BlockStatement:
      case T.ExpressionStatement:
      case T.VariableDeclaration:
      case T.VariableDeclarator:
      case T.AssignmentExpression:
      case T.TSAsExpression:
      case T.TSNonNullExpression:
        break;
      default:
        return false;
    }
  }
  return true;
}

/** The end that is reached from the call by a way that returns nothing; errors are not followed. */
function endWithoutCleanup(call: TSESTree.Node, effect: FunctionNode, ctx: Context): TSESTree.Node | undefined {
  const graph = ctx.graphOf(effect);
  const pending: { node: FlowNode; last: TSESTree.Node }[] = graph.nodesOf(call).map((node) => ({ node, last: effect }));
  const seen = new Set<FlowNode>();
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    const { node, last } = step;
    if (node === graph.exit) return last;
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'return' && node.ast.type === T.ReturnStatement && givesCleanup(node.ast)) continue;
    const now = node.kind === 'return' ? node.ast : last;
    for (const edge of node.out) if (edge.kind !== 'throw') pending.push({ node: edge.to, last: now });
  }
  return undefined;
}

/** The end is reached only where a condition on what the call gave says so: `if (!socket) return;`. */
function asksFor(call: TSESTree.Node, end: TSESTree.Node, effect: FunctionNode, ctx: Context): boolean {
  const holders = new Set(landingsOf(call).flatMap((landing) => (landing.to === 'variable' ? [ctx.bindings.variableOf(landing.id)] : [])));
  let asks = false;
  for (let at: TSESTree.Node | undefined = end; at !== undefined && at !== effect; at = at.parent) {
    if (at.type !== T.IfStatement || !within(end, at.consequent)) continue;
    walk(at.test, (node) => {
      if (node.type === T.Identifier && !isFunction(node.parent) && holders.has(ctx.bindings.variableOf(node))) asks = true;
    });
  }
  return asks;
}
