import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import type { FunctionNode } from '../syntax/nodes';
import { calleeName, declaredName, isFunction, rootOf, staticName, unwrap, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { isRaced } from './abortSignals';
import { isPageOrProcess } from './lasting';
import type { Listening } from './listening';
import { isOfOther, listeningOf, removalsIn, sameTarget, widestScope } from './listening';
import { standingOf } from './targets';

/** A listener that one run of a function puts on what outlives the run, and that nobody needs when the run is over. */
export interface LeftByRun {
  readonly listening: Listening;
  /** `race`: it takes part in a race that others may win; `abort`: it aborts the work of the run; `condition`: only it itself takes itself off, if something holds. */
  readonly sort: 'race' | 'abort' | 'condition';
}

/** Names of functions that run once for a program, or once for an object. */
const BEGINS = /^_?(activate|init|setup|set_up|register|create|make|build|start|launch|bootstrap|boot|main|serve|listen|connect|attach|mount|install|constructor|open)|^on[A-Z]/i;

/** Undefined where the listener may be meant to stay. */
export function leftByRun(call: TSESTree.CallExpression, ctx: Context): LeftByRun | undefined {
  const listening = listeningOf(call);
  const root = rootOf(call);
  if (listening === undefined || listening.signalled || !isFunction(root)) return undefined;
  const isExecutor = isExecutorOfAny(root, ctx);
  // What an executor returns goes nowhere.
  if (!landingsOf(call).every(({ to }) => to === 'nothing' || (isExecutor && to === 'return'))) return undefined;
  const sort = isExecutor ? ofRace(root, listening, ctx) : ofRun(root, listening, ctx);
  return sort === undefined || isEndless(root, ctx) ? undefined : { listening, sort };
}

/** `new Promise(executor)`, of the language or of a library that is called like this. */
function isExecutorOfAny(fn: FunctionNode, ctx: Context): boolean {
  const { parent } = fn;
  if (parent.type !== T.NewExpression || parent.arguments[0] !== fn || parent.callee.type !== T.Identifier) return false;
  const callee = ctx.origins.ofCallee(parent);
  return parent.callee.name === 'Promise' || (callee !== undefined && callee !== 'local' && callee.module === 'bluebird');
}

/** The promise takes part in a race, and its listener is on what was there before: each run adds one. */
function ofRace(executor: FunctionNode, listening: Listening, ctx: Context): LeftByRun['sort'] | undefined {
  if (!isThere(listening.target, ctx) || !settles(listening.listener, executor, ctx) || !isRaced(executor, ctx)) return undefined;
  return removalsOf(listening, ctx).length === 0 ? 'race' : undefined;
}

function ofRun(run: FunctionNode, listening: Listening, ctx: Context): LeftByRun['sort'] | undefined {
  const handler = ctx.bindings.functionOf(listening.listener);
  if (listening.once || handler === undefined || !run.async || BEGINS.test(declaredName(run) ?? '')) return undefined;
  if (standingOf(listening.target, ctx) !== 'global' || isPageOrProcess(unwrap(listening.target), ctx) || !waitsAfter(run, listening.call)) return undefined;
  const removals = removalsOf(listening, ctx);
  if (removals.length === 0) return abortsOfRun(handler, run, ctx) ? 'abort' : undefined;
  return removals.every((removal) => within(removal, handler) && isConditional(removal, handler)) ? 'condition' : undefined;
}

function removalsOf(listening: Listening, ctx: Context): TSESTree.CallExpression[] {
  return removalsIn(widestScope(listening.call), listening, ctx).filter((removal) => sameTarget(removal, listening.target, ctx) && !isOfOther(removal, listening.listener, ctx));
}

/** A field of the object, or what a module exports: the next run finds it again. */
function isThere(target: TSESTree.Node, ctx: Context): boolean {
  const node = unwrap(target);
  if (node.type === T.MemberExpression && node.object.type === T.ThisExpression) return staticName(node) !== undefined;
  return standingOf(node, ctx) === 'global' && !isPageOrProcess(node, ctx);
}

/** `resolve` or `reject` itself, or a function that calls one of them. */
function settles(listener: TSESTree.Node, executor: FunctionNode, ctx: Context): boolean {
  const settlers = executor.params.map((parameter) => ctx.bindings.variableOf(parameter));
  const node = unwrap(listener);
  if (node.type === T.Identifier && settlers.includes(ctx.bindings.variableOf(node))) return true;
  const handler = ctx.bindings.functionOf(node);
  let found = false;
  if (handler !== undefined) walk(handler, (part) => {
    if (part.type === T.CallExpression && settlers.includes(ctx.bindings.variableOf(unwrap(part.callee)))) found = true;
  });
  return found;
}

function waitsAfter(run: FunctionNode, call: TSESTree.Node): boolean {
  let waits = false;
  walk(run, (node) => {
    if ((node.type === T.AwaitExpression || (node.type === T.ForOfStatement && node.await)) && node.range[0] > call.range[1] && rootOf(node) === run) waits = true;
  });
  return waits;
}

/** The handler aborts a controller that the run made or was given. */
function abortsOfRun(handler: FunctionNode, run: FunctionNode, ctx: Context): boolean {
  let found = false;
  walk(handler, (node) => {
    if (node.type !== T.CallExpression || calleeName(node) !== 'abort') return;
    const callee = unwrap(node.callee);
    const variable = callee.type === T.MemberExpression ? ctx.bindings.variableOf(unwrap(callee.object)) : undefined;
    if (variable !== undefined && ctx.bindings.ownerOf(variable) === run) found = true;
  });
  return found;
}

function isConditional(removal: TSESTree.Node, handler: FunctionNode): boolean {
  for (let at: TSESTree.Node | undefined = removal; at !== undefined && at !== handler; at = at.parent) if (at.type === T.IfStatement) return true;
  return false;
}

/** `while (true)`: the run is never over. */
function isEndless(run: FunctionNode, ctx: Context): boolean {
  let endless = false;
  const scope = isExecutorOfAny(run, ctx) ? rootOf(run.parent) : run;
  walk(scope, (node) => {
    if (node.type === T.WhileStatement && node.test.type === T.Literal && node.test.value === true && rootOf(node) === scope) endless = true;
  });
  return endless;
}
