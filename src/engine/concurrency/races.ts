import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { ownFunction } from '../ownership/treatment';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { isFunction, rootOf, staticName, unwrap } from '../syntax/nodes';
import { deferredBehind, timeoutsOf } from './deferreds';
import { executorOf, promiseMethod } from '../syntax/promises';
import { walk } from '../syntax/visit';

/** A `Promise.race([...])` that a timer takes part in. */
export interface Race {
  readonly call: TSESTree.CallExpression;
  /** The elements that the timer does not decide. */
  readonly others: readonly TSESTree.Node[];
}

const known = new WeakMap<Context, ReadonlyMap<TSESTree.Node, Race>>();

/** The race that a timer is an element of: directly, through a constant, or through a function of the file that gives its promise. */
export function raceOf(timer: CallNode, ctx: Context): Race | undefined {
  let races = known.get(ctx);
  if (races === undefined) known.set(ctx, (races = collectRaces(ctx)));
  return races.get(timer);
}

function collectRaces(ctx: Context): ReadonlyMap<TSESTree.Node, Race> {
  const races = new Map<TSESTree.Node, Race>();
  if (!ctx.module.text.includes('race')) return races;
  walk(ctx.module.ast, (node) => {
    if (node.type !== T.CallExpression || !isRace(node, ctx)) return;
    const [list] = node.arguments;
    if (list?.type !== T.ArrayExpression) return;
    const elements = list.elements.filter((element) => element !== null);
    for (const element of elements) {
      for (const timer of timersIn(element, ctx)) if (!races.has(timer)) races.set(timer, { call: node, others: elements.filter((other) => other !== element) });
    }
  });
  return races;
}

function isRace(call: TSESTree.CallExpression, { bindings }: Context): boolean {
  const method = promiseMethod(call, bindings);
  return method === 'race' || method === 'any';
}

/** How deep functions that give a promise of another are followed. */
const DEPTH = 3;

/** The calls that set a timer which decides the promise: `setTimeout(...)` in its executor, or what gives the promise itself. */
function timersIn(expression: TSESTree.Node, ctx: Context, depth = DEPTH): CallNode[] {
  const node = unwrap(expression);
  if (depth === 0) return [];
  const deferred = deferredBehind(node, ctx);
  if (deferred !== undefined) return timeoutsOf(deferred, ctx);
  switch (node.type) {
    case T.Identifier: {
      const variable = ctx.bindings.variableOf(node);
      const value = variable && ctx.bindings.onlyValueOf(variable);
      return value === undefined ? [] : timersIn(value, ctx, depth - 1);
    }
    case T.NewExpression: {
      const executor = executorOf(node);
      return executor === undefined ? [] : directCalls(executor);
    }
    case T.CallExpression: {
      const callee = unwrap(node.callee);
      // `timeout(5000).then(() => { throw ... })`
      if (callee.type === T.MemberExpression && CONTINUATIONS.has(staticName(callee) ?? '')) return timersIn(callee.object, ctx, depth);
      const fn = ownFunction(node, ctx) ?? inPlace(node);
      return fn === undefined ? [node] : givenBy(fn).flatMap((value) => timersIn(value, ctx, depth - 1));
    }
    default:
      return [];
  }
}

const CONTINUATIONS = new Set(['then', 'catch', 'finally']);

/** `(async () => {...})()`. */
function inPlace(call: TSESTree.CallExpression): FunctionNode | undefined {
  const callee = unwrap(call.callee);
  return isFunction(callee) ? callee : undefined;
}

function directCalls(fn: FunctionNode): CallNode[] {
  const calls: CallNode[] = [];
  if (fn.body === null) return calls;
  walk(fn.body, (node) => {
    if (node.type === T.CallExpression && rootOf(node) === fn) calls.push(node);
  });
  return calls;
}

/** What a function gives, and (of an async one) awaits before it ends. */
function givenBy(fn: FunctionNode): TSESTree.Node[] {
  if (fn.body === null) return [];
  if (fn.body.type !== T.BlockStatement) return [fn.body];
  const values: TSESTree.Node[] = [];
  walk(fn.body, (node) => {
    if (rootOf(node) !== fn) return;
    if (node.type === T.ReturnStatement && node.argument) values.push(node.argument);
    if (node.type === T.AwaitExpression) values.push(node.argument);
  });
  return values;
}
