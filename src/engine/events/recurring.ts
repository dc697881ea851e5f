import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { Context } from '../ownership/context';
import { sameText } from '../ownership/releases';
import type { FunctionNode } from '../syntax/nodes';
import { enclosingLoop, isFunction, rootOf, staticName, unwrap, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { Listening } from './listening';
import { isRemovedIn, listeningOf } from './listening';

/** A promise waits for an event that comes again and again, and for others beside it: those listeners stay when it has come. */
export interface Recurring {
  /** What settles the promise, and goes with it. */
  readonly awaited: Listening;
  /** What stays. */
  readonly left: Listening;
}

/** Events by which a stream asks for more, as often as it likes. */
const FLOW = new Set(['drain', 'readable']);
/** Events that come as long as their target works. */
const RECURRING = new Set([...FLOW, 'data', 'message', 'line', 'pong', 'packet', 'frame', 'pause', 'resume', 'tick']);

/** Undefined where nothing stays, or where the target is over soon as far as one can see. */
export function leftByRecurring(executor: FunctionNode, settlers: readonly Variable[], ctx: Context): Recurring | undefined {
  const around = executor.parent.parent;
  if (around === undefined || executor.body === null) return undefined;
  const listenings: Listening[] = [];
  walk(executor.body, (node) => {
    const listening = node.type === T.CallExpression && rootOf(node) === executor ? listeningOf(node) : undefined;
    if (listening !== undefined && listening.removers.includes('off')) listenings.push(listening);
  });
  const scope = rootOf(executor.parent);
  for (const awaited of listenings) {
    const name = eventOf(awaited);
    if (!awaited.once || name === undefined || !RECURRING.has(name) || !settles(awaited.listener, settlers, ctx) || !comesAgain(awaited, name, executor, ctx)) continue;
    const left = listenings.find((other) => other !== awaited && eventOf(other) !== undefined && eventOf(other) !== name && sameText(other.target, awaited.target, ctx) && !RECURRING.has(eventOf(other) ?? '') && !isRemovedIn(scope, other, ctx));
    if (left !== undefined) return { awaited, left };
  }
  return undefined;
}

function eventOf({ event }: Listening): string | undefined {
  return event.type === T.Literal && typeof event.value === 'string' ? event.value : undefined;
}

/** The listener is what settles the promise, or a function that does nothing but that. */
function settles(listener: TSESTree.Node, settlers: readonly Variable[], ctx: Context): boolean {
  const node = unwrap(listener);
  const named = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
  if (named !== undefined) return settlers.includes(named);
  let settled = false;
  if (!isFunction(node)) return false;
  walk(node, (part) => {
    const variable = part.type === T.CallExpression && part.callee.type === T.Identifier ? ctx.bindings.variableOf(part.callee) : undefined;
    if (variable !== undefined && settlers.includes(variable)) settled = true;
  });
  return settled;
}

/** The target was there before, and somebody will wait for it again: in a loop, or by the next call of a function that is handed it or has it in a field. */
function comesAgain({ target }: Listening, event: string, executor: FunctionNode, ctx: Context): boolean {
  const node = unwrap(target);
  if (node.type === T.MemberExpression) return node.object.type === T.ThisExpression && staticName(node) !== undefined;
  const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined || within(definition.name, executor)) return false;
  const loop = enclosingLoop(executor.parent);
  if (loop !== undefined) return !within(definition.name, loop);
  return FLOW.has(event) && (definition.type === 'Parameter' || ctx.bindings.ownerOf(variable) !== rootOf(executor.parent));
}
