import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName, isFunction, lastName, staticName, unwrap, unwrapAwait } from '../../../../src/engine/syntax/nodes';
import { walk } from '../../../../src/engine/syntax/visit';
import type { Edit } from '../edits';
import type { Mutation } from '../mutants';

/** Something that is begun in one place and ended in another by code that writes both, told by syntax alone: nothing of the engine's rules is asked. */
export interface Pair {
  /** What begins it. */
  readonly acquire: TSESTree.Node;
  /** The code around both; of what has the same text one is counted. */
  readonly owner: TSESTree.Node;
  readonly resource: string;
  readonly breaks: readonly { readonly mutation: Mutation; readonly edits: readonly Edit[] }[];
  /** Why breaking it would show nothing: the broken code would be right, or could be. */
  readonly excluded?: string;
}

export const OVER_BY_ITSELF = 'a timeout, which is over by itself';
export const ENDS_WITH_OWNER = 'what is listened to is made or ended by the same object, and goes with it';
export const NOT_TOLD = 'whether what is listened to outlives the object is not told in the file';
export const NO_END = 'it is ended in a method that is not the end of the object';
export const ONLY_LISTENERS = 'an emitter, which holds nothing but its listeners';
export const ENDED_TWICE = 'something else ends it too';
export const LAST_EVENT = 'the last event of what is listened to, with which both are over';
export const UNREF = 'an interval that the process does not wait for, which may be meant to go on until it ends';
export const SHORT_OR_UNREF = 'a timeout of less than a second, or one that nothing waits for, which is over by itself';
export const ENDS_WITH_EXTENSION = 'what is listened to is of the extension, with whose end the list comes to its own';
export const HANDLER_OF_CONNECTION = 'a handler of a protocol\'s connection, which has one for each message and is there as long as that';
export const GIVEN_TO_CALLER = 'the method that makes it gives it to its caller, who may end it';
export const TIMEOUT_ENDS_IT = 'a timeout that goes on ends it too';

export function callsIn(scope: TSESTree.Node): TSESTree.CallExpression[] {
  const calls: TSESTree.CallExpression[] = [];
  walk(scope, (node) => {
    if (node.type === T.CallExpression) calls.push(node);
  });
  return calls;
}

/** `x.y` of `x.y.z()`; undefined for plain functions. */
export function receiverOf(call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression ? unwrap(callee.object) : undefined;
}

/** The name of the field: `f` of `this.f`. */
export function fieldName(node: TSESTree.Node | undefined): string | undefined {
  const member = node && unwrap(node);
  return member?.type === T.MemberExpression && member.object.type === T.ThisExpression ? staticName(member) : undefined;
}

const REMOVERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['addEventListener', ['removeEventListener']],
  ['on', ['off', 'removeListener']],
  ['addListener', ['removeListener', 'off']],
]);

/** A listener that is added, and what takes the same one off again. */
export interface ListenerPair {
  readonly add: TSESTree.CallExpression;
  readonly target: TSESTree.Node;
  readonly removals: readonly TSESTree.CallExpression[];
}

/** By the text of target, event and listener. Several that add the same are one. */
export function listenerPairs(calls: readonly TSESTree.CallExpression[], textOf: (node: TSESTree.Node) => string): ListenerPair[] {
  const keyOf = (call: TSESTree.CallExpression): string | undefined => {
    const [event, listener] = call.arguments;
    const target = receiverOf(call);
    return target === undefined || event === undefined || listener === undefined || isFunction(listener) ? undefined : [target, event, listener].map((node) => textOf(unwrap(node))).join('\0');
  };
  const met = new Set<string>();
  return calls.flatMap((add): ListenerPair[] => {
    const removers = REMOVERS.get(calleeName(add) ?? '');
    const key = removers && keyOf(add);
    const target = receiverOf(add);
    if (removers === undefined || key === undefined || target === undefined || met.has(key)) return [];
    const removals = calls.filter((call) => removers.includes(calleeName(call) ?? '') && keyOf(call) === key);
    if (removals.length === 0) return [];
    met.add(key);
    return [{ add, target, removals }];
  });
}

/** A signal is in the options: it takes the listener off too. */
export function isSignalled(add: TSESTree.CallExpression): boolean {
  const options = add.arguments[2];
  return options?.type === T.ObjectExpression && options.properties.some((property) => property.type === T.Property && staticName(property) === 'signal');
}

/** Something that is told by its name as a listener's registration that gives its own end. */
export function isSubscribing(node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === T.CallExpression && /^(on(Did|Will)?[A-Z]\w*|subscribe|observe|register[A-Z]\w*|watch)$/.test(calleeName(node) ?? '') && node.arguments.length > 0;
}

const MADE = /^(create|make|open|connect|spawn|launch|start|build|fork)([A-Z]|$)/;

/** The expression makes something new, by `new` or a telling name. */
export function isMaking(value: TSESTree.Node): value is TSESTree.CallExpression | TSESTree.NewExpression {
  return value.type === T.NewExpression || (value.type === T.CallExpression && MADE.test(calleeName(value) ?? ''));
}

/** The page, the process, what a module exports: there is no doubt that they outlive what listens to them. */
export function isLasting(target: TSESTree.Node): boolean {
  let node = unwrap(target);
  while (node.type === T.MemberExpression) node = unwrap(node.object);
  return node.type === T.Identifier && /^(window|document|process|globalThis|self|navigator|visualViewport|screen)$/.test(node.name);
}

/** `clearInterval(x)` and `clearTimeout(x)` of one that a text names. */
export function clearsOf(calls: readonly TSESTree.CallExpression[], text: string, textOf: (node: TSESTree.Node) => string): TSESTree.CallExpression[] {
  return calls.filter((call) => /^clear(Interval|Timeout)$/.test(calleeName(call) ?? '') && call.arguments[0] !== undefined && textOf(unwrap(call.arguments[0])) === text);
}

export const ENDING_METHODS = /^(dispose|close|destroy|end|stop|terminate|disconnect|unsubscribe|kill|release|quit|shutdown|remove|free|revoke|unlisten|detach|teardown)$/;

/** `setInterval`, also as a member of a global. */
export function timerBegun(value: TSESTree.Node): 'interval' | 'timeout' | undefined {
  const call = unwrapAwait(value);
  if (call.type !== T.CallExpression) return undefined;
  const callee = unwrap(call.callee);
  if (callee.type === T.MemberExpression && !/^(window|globalThis|self|global)$/.test(lastName(callee.object) ?? '')) return undefined;
  return calleeName(call) === 'setInterval' ? 'interval' : calleeName(call) === 'setTimeout' ? 'timeout' : undefined;
}
