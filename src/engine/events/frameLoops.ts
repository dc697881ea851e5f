import type { TSESTree } from '@typescript-eslint/types';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import type { FunctionNode } from '../syntax/nodes';
import { calleeName, isFunction, lastName, rootOf, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';

/** What asks for one call at the next frame, or at the next idle moment, and what takes that back. */
const ASKING: Readonly<Record<string, { readonly noun: string; readonly taken: string }>> = {
  requestAnimationFrame: { noun: 'animation frame', taken: 'cancelAnimationFrame' },
  requestIdleCallback: { noun: 'idle callback', taken: 'cancelIdleCallback' },
};

/**
 * The noun of a call that begins a loop of frames without an end: the function that it asks for asks for itself again, whatever happens, and
 * nothing in `within` ever takes that back. A single frame, and a loop that asks whether to go on, come to an end by themselves.
 */
export function endlessFrames(call: TSESTree.CallExpression, within: TSESTree.Node, ctx: Context): string | undefined {
  const asking = askingOf(call, ctx);
  const step = asking && call.arguments[0] && functionOf(call.arguments[0], ctx);
  if (asking === undefined || step === undefined || step.async || step.generator || !asksAgain(step, ctx)) return undefined;
  let takenBack = false;
  walk(within, (node) => {
    if (lastName(node) === asking.taken) takenBack = true;
  });
  return takenBack ? undefined : asking.noun;
}

function askingOf(call: TSESTree.CallExpression, ctx: Context): (typeof ASKING)[string] | undefined {
  const callee = unwrap(call.callee);
  const global = callee.type === T.Identifier ? ctx.bindings.isGlobal(callee) : callee.type === T.MemberExpression && /^(window|globalThis|self)$/.test(lastName(callee.object) ?? '');
  return global ? ASKING[calleeName(call) ?? ''] : undefined;
}

function functionOf(given: TSESTree.Node, ctx: Context): FunctionNode | undefined {
  const expression = unwrap(given);
  return isFunction(expression) ? expression : ctx.bindings.functionOf(expression);
}

/** A statement of the function's own body, which no `return` or `throw` comes before, asks for the function again. */
function asksAgain(step: FunctionNode, ctx: Context): boolean {
  if (step.body?.type !== T.BlockStatement) return false;
  for (const statement of step.body.body) {
    const value = statement.type === T.ExpressionStatement ? unwrap(statement.expression) : undefined;
    const call = value?.type === T.AssignmentExpression && value.left.type === T.Identifier ? unwrap(value.right) : value;
    if (call?.type === T.CallExpression && askingOf(call, ctx) !== undefined && call.arguments[0] !== undefined && functionOf(call.arguments[0], ctx) === step) return true;
    if (mayLeave(statement, step)) return false;
  }
  return false;
}

function mayLeave(statement: TSESTree.Node, step: FunctionNode): boolean {
  let leaves = false;
  walk(statement, (node) => {
    if ((node.type === T.ReturnStatement || node.type === T.ThrowStatement) && rootOf(node) === step) leaves = true;
  });
  return leaves;
}
