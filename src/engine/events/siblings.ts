import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { sameText } from '../ownership/releases';
import type { FunctionNode } from '../syntax/nodes';
import { calleeName, declaredName, isFunction, receiverOf, rootOf, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { isEndedWithOwner } from './dropped';
import { listeningsIn, removedBy } from './identity';
import type { Listening } from './listening';
import { isRemovedIn, listeningOf, widestScope } from './listening';
import { classAround, isDisposer } from './owners';
import { standingOf } from './targets';

/** A listener that stays where the others that were put up with it are taken off. */
export interface LeftBehind {
  readonly listening: Listening;
  /** The removals of the others, all in one function. */
  readonly taken: readonly TSESTree.CallExpression[];
}

/** Events that an emitter's end brings, or that are heard to the last on purpose: late errors must find somebody. */
const LAST_EVENTS = /^(error|close[d]?|end(ed)?|exit|disconnect(ed)?|finish(ed)?|destroy(ed)?|abort(ed)?|dispose[d]?|complete|beforeExit|uncaughtException|unhandledRejection)$/i;

/** Names of functions that take back what another has set up. */
const ENDINGS = /^[_#]?(un[a-z]*|off|stop|end|close|dispose|destroy|clean(?:up)?|tear(?:down)?|detach|disable|deactivate|release|remove|clear|disconnect|leave|cancel|shut(?:down)?|reset)([A-Z_].*)?$|^(on|ng|handle|before|did|will)?_?(Destroy|Unmount|Dispose|Detach|Close)/;

/** The listener of this call, where a function takes off at least one of its siblings and nothing takes off this one. */
export function leftBehind(call: TSESTree.CallExpression, ctx: Context): LeftBehind | undefined {
  const listening = listeningOf(call);
  if (listening === undefined || listening.once || listening.signalled || isOverWithTarget(listening)) return undefined;
  if (!landingsOf(call).every((landing) => landing.to === 'nothing' || landing.to === 'method')) return undefined;
  const adder = rootOf(call);
  if (!isFunction(adder)) return undefined;
  const scope = widestScope(call);
  const siblings = listeningsIn(scope).filter((other) => other.call !== call && rootOf(other.call) === adder && !other.once && sameText(other.target, listening.target, ctx));
  if (siblings.length === 0 || isRemovedIn(scope, listening, ctx)) return undefined;
  const takenOff = new Set(siblings.flatMap((sibling) => removalsOf(sibling, scope, ctx)));
  const taken = removalsBelow(scope).filter((removal) => takenOff.has(removal));
  const byEnd = [...new Set(taken.map((removal) => rootOf(removal)))].flatMap((root) => (isFunction(root) && root !== adder && isEnd(root, adder, ctx) ? [taken.filter((removal) => rootOf(removal) === root)] : []));
  const [first] = byEnd.sort((one, other) => other.length - one.length);
  if (first === undefined || !outlives(listening, ctx)) return undefined;
  return { listening, taken: first };
}

function isOverWithTarget({ event }: Listening): boolean {
  return event.type === T.Literal && LAST_EVENTS.test(String(event.value));
}

/** The target is somebody else's, and nothing here ends it. */
function outlives({ target, call }: Listening, ctx: Context): boolean {
  const standing = standingOf(target, ctx);
  return standing !== 'own' && standing !== 'unknown' && !isEndedWithOwner(target, classAround(call), call);
}

const bySignature = new WeakMap<TSESTree.Node, ReadonlyMap<string, readonly TSESTree.CallExpression[]>>();

/** The removals below the scope that name the listener as it was added: by the same text for event, listener and target. */
function removalsOf({ event, listener, target, removers }: Listening, scope: TSESTree.Node, ctx: Context): TSESTree.CallExpression[] {
  const signature = (remover: string, ...parts: readonly TSESTree.Node[]): string => [remover, ...parts.map((part) => ctx.textOf(unwrap(part)))].join('\0');
  let removals = bySignature.get(scope);
  if (removals === undefined) {
    const found = new Map<string, TSESTree.CallExpression[]>();
    for (const removal of removalsBelow(scope)) {
      const [named] = removal.arguments;
      const [removed, on] = [removedBy(removal), receiverOf(removal)];
      if (named === undefined || removed === undefined || on === undefined) continue;
      const key = signature(calleeName(removal) ?? '', named, removed, on);
      found.set(key, [...(found.get(key) ?? []), removal]);
    }
    bySignature.set(scope, (removals = found));
  }
  return removers.flatMap((remover) => removals.get(signature(remover, event, listener, target)) ?? []);
}

/** The function is there to take back what the other has set up: that one gives it, or its name says so. */
function isEnd(fn: FunctionNode, adder: FunctionNode, ctx: Context): boolean {
  const name = declaredName(fn) ?? '';
  if (isDisposer(name) || ENDINGS.test(name)) return true;
  return isGivenBy(adder, fn, ctx);
}

function isGivenBy(adder: FunctionNode, fn: FunctionNode, ctx: Context): boolean {
  if (adder.body === fn) return true;
  let given = false;
  walk(adder, (node) => {
    if (node.type !== T.ReturnStatement || node.argument === null || rootOf(node) !== adder) return;
    if (unwrap(node.argument) === fn || ctx.bindings.functionOf(node.argument) === fn) given = true;
  });
  return given;
}

const known = new WeakMap<TSESTree.Node, readonly TSESTree.CallExpression[]>();

/** Every call below the node that takes a listener off, looked for once. */
function removalsBelow(scope: TSESTree.Node): readonly TSESTree.CallExpression[] {
  let found = known.get(scope);
  if (found !== undefined) return found;
  const removals: TSESTree.CallExpression[] = [];
  walk(scope, (node) => {
    if (node.type === T.CallExpression && removedBy(node) !== undefined) removals.push(node);
  });
  known.set(scope, (found = removals));
  return found;
}
