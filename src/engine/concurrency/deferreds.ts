import { DefinitionType } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import type { CallNode } from '../syntax/nodes';
import { calleeName, isCall, isFunction, rootOf, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';

/** `deferred()`, `new Deferred()`, `defer()`, `Promise.withResolvers()`: a promise together with what settles it. */
const MAKERS = /^(create|make|new|p)?_?(deferred(Promise)?|defer|(promise)?withResolvers)$/i;

/** What makes the deferred promise that an expression is, or that it is taken from: `d`, `d.promise`, `reject` of a pattern. */
export function deferredBehind(expression: TSESTree.Node, ctx: Context): CallNode | undefined {
  const node = unwrap(expression);
  const root = ctx.bindings.valueBehind(node.type === T.MemberExpression ? node.object : node);
  const definition = root.type === T.Identifier ? ctx.bindings.variableOf(root)?.defs[0] : undefined;
  // `const { promise, reject } = Promise.withResolvers()`
  const parted = definition?.type === DefinitionType.Variable && definition.node.id.type === T.ObjectPattern ? definition.node.init : null;
  const made = parted === null ? root : ctx.bindings.valueBehind(parted);
  return isCall(made) && MAKERS.test(ctx.calleeName(made) ?? '') ? made : undefined;
}

/** A function that settles a deferred promise, and whether it rejects it. */
export interface Settling {
  readonly deferred: CallNode;
  readonly rejects: boolean;
}

/** `() => d.reject(new Error())`, or `() => reject(new Error())` of what was made together. */
export function deferredSettledBy(callback: TSESTree.Node, ctx: Context): Settling | undefined {
  let found: Settling | undefined;
  if (!isFunction(callback)) return undefined;
  walk(callback, (node) => {
    const name = node.type === T.CallExpression ? ctx.memberName(node.callee) : undefined;
    const deferred = node.type === T.CallExpression && (name === 'reject' || name === 'resolve') ? deferredBehind(node.callee, ctx) : undefined;
    if (deferred !== undefined) found ??= { deferred, rejects: name === 'reject' };
  });
  return found;
}

/** The timeouts, set by the function that made it, that settle a deferred promise. */
export function timeoutsOf(deferred: CallNode, ctx: Context): TSESTree.CallExpression[] {
  const scope = rootOf(deferred);
  const timeouts: TSESTree.CallExpression[] = [];
  walk(scope, (node) => {
    if (node.type !== T.CallExpression || calleeName(node) !== 'setTimeout' || rootOf(node) !== scope) return;
    const [callback] = node.arguments;
    if (callback !== undefined && deferredSettledBy(unwrap(callback), ctx)?.deferred === deferred) timeouts.push(node);
  });
  return timeouts;
}
