import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { generatorManagerOf, isTaken, reachableFrom, runtimeFunction, yieldsOf } from '../ownership/managers';
import type { Scoped } from '../ownership/scoped';
import { acquireOf, scopedBy, usesOf } from '../ownership/scoped';
import { isCall, rootOf, unwrap, unwrapAwait } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { CodeRule } from './code-rule';
import { RUNTIME_MENTIONS, acquireRange, rangeOf, stepAt } from './scoped-report';

/** An entered manager whose scope is never told that it succeeded: it exits with a failure, and rolls back. */
export const managedWithoutOk: CodeRule = {
  id: 'managed-without-ok',
  mentions: RUNTIME_MENTIONS,
  on: [T.VariableDeclarator],
  suspects: (node, ctx) => (enteredBy(node, ctx) === undefined ? undefined : []),
  judge: (node, { ctx }) => {
    const scoped = enteredBy(node, ctx);
    const call = scoped && acquireOf(scoped);
    if (scoped === undefined || call === undefined) return [];
    const missing = missingOk(scoped, ctx);
    if (missing === undefined || !asksForOutcome(call.arguments[0], ctx)) return [];
    const where = missing === 'always' ? 'never' : 'not on every path';
    const message = `\`${scoped.name}.ok()\` is ${where} called: the scope ends as a failure even when its body completes, and the manager rolls back.`;
    const path = [stepAt(call, 'the manager is entered'), stepAt(scoped.declarator, `the scope of \`${scoped.name}\` ends without \`ok()\``)];
    return [{ ...rangeOf(call), ...acquireRange(scoped), resource: 'entered manager', family: 'disposable', message, tier: missing === 'always' ? 'definite' : 'potential', path }];
  },
};

function enteredBy(node: TSESTree.Node, ctx: Context): Scoped | undefined {
  const scoped = scopedBy(node, ctx);
  const call = scoped && acquireOf(scoped);
  return scoped?.awaited && call && runtimeFunction(call, ctx) === 'managed' ? scoped : undefined;
}

/** `always`: nobody says that it succeeded. `at the end`: some path does, and another one runs off the end of the block without. */
function missingOk(scoped: Scoped, ctx: Context): 'always' | 'at the end' | undefined {
  const uses = usesOf(scoped, ctx);
  const calls: TSESTree.Node[] = [];
  for (const { landing, closure } of uses) {
    if (landing.to === 'method' && landing.name === 'ok' && closure === undefined) calls.push(landing.call);
    else if (landing.to !== 'method' && !(landing.to === 'member' && landing.name === 'value')) return undefined;
    else if (landing.to === 'method' && landing.name === 'ok') return undefined;
  }
  if (calls.length === 0) return 'always';
  return runsOffTheEnd(scoped, calls, ctx) ? 'at the end' : undefined;
}

/** A path comes to the end of the block by itself, and meets no `ok()`. Leaving early without it is the way to give up on purpose. */
function runsOffTheEnd({ declarator, block, root }: Scoped, calls: readonly TSESTree.Node[], ctx: Context): boolean {
  const graph = ctx.graphOf(root);
  if (graph.truncated || jumpsOut(block)) return false;
  const starts = graph.nodesOf(declarator).filter((node) => node.kind === 'assign');
  const reached = reachableFrom(
    starts.flatMap((node) => node.out),
    (node, edge) => edge.kind !== 'throw' && node.kind !== 'return' && !calls.includes(node.ast) && isTaken(node, edge, ctx),
  );
  return graph.nodesOf(declarator).some((node) => node.kind === 'dispose' && reached.has(node));
}

/** Jumps leave no trace of their own in the graph. */
function jumpsOut(block: TSESTree.Node): boolean {
  let found = false;
  walk(block, (node) => {
    if (node.type === T.BreakStatement || node.type === T.ContinueStatement) found = true;
  });
  return found;
}

/** A manager for which success and failure are one: it only releases, and hears of neither. */
function asksForOutcome(argument: TSESTree.Node | undefined, ctx: Context): boolean {
  const made = argument && unwrapAwait(argument);
  if (!isCall(made)) return true;
  const name = runtimeFunction(made, ctx);
  if (name === 'closing' || name === 'nullContext') return false;
  const variable = ctx.bindings.variableOf(made.callee);
  const value = variable && ctx.bindings.onlyValueOf(variable);
  const manager = value && generatorManagerOf(unwrap(value), ctx);
  return manager === undefined || (yieldsOf(manager.fn, ctx) ?? []).some(({ ast }) => tellsThemApart(ast));
}

/** Around the yield something catches, or after it something runs on success only. */
function tellsThemApart(yielded: TSESTree.Node): boolean {
  const root = rootOf(yielded);
  let at: TSESTree.Node = yielded;
  for (let outer = yielded.parent; outer !== undefined && at !== root; at = outer, outer = outer.parent) {
    if (outer.type === T.TryStatement && outer.block === at && outer.handler !== null) return true;
    if (outer.type === T.BlockStatement && outer.body.at(-1) !== at) return true;
  }
  return false;
}
