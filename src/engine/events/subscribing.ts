import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { CallFact } from '../facts';
import type { Context } from '../ownership/context';
import type { Landing } from '../ownership/landing';
import { landingsOf } from '../ownership/landing';
import { KEEPING_METHODS } from '../ownership/sinks';
import { STANDING_MAKERS } from '../resources/editorDisposables';
import { calleeName, isFunction, lastName, staticName, unwrap } from '../syntax/nodes';

/** Methods that take a listener and give something by which it is taken off again. */
const SUBSCRIBING = /^(on[A-Z]\w*|subscribe\w*|register[A-Z]\w*|add[A-Z]?\w*Listener|add[A-Z]\w*(Handler|Observer)|observe[A-Z]?\w*|watch[A-Z]\w*)$/;

/** Of those the ones that give nothing of the kind, in every library. */
const NOT_SUBSCRIBING = /^(addListener|addEventListener|registerServiceWorker|onFulfilled|onRejected)$/;

/** The name is one of a function that subscribes or registers somebody; of VS Code's own also what makes something that stands by itself. */
export function subscribesByName(name: string): boolean {
  return (SUBSCRIBING.test(name) && !NOT_SUBSCRIBING.test(name)) || STANDING_MAKERS.has(name);
}

/** Members by which a subscription is ended. */
const ENDING_MEMBERS = ['dispose', 'unsubscribe'];

/** Names of what collects disposables to end them together. */
const COLLECTIONS = /dispos|subscri|cleanup|teardown|unsub|unlisten|toremove|listeners|finali[sz]er|^_?subs$|^store$|stack$/i;

/** The name is one of a collection of what ends subscriptions. */
export function collects(name: string): boolean {
  return COLLECTIONS.test(name);
}

/** Events that come when their target ends: the listener ends with it. What closes a document or a repository, by its name, is an event of what holds several. */
const LAST_EVENTS = /^on(Did|Will)?(Dispose|Close|Destroy|Exit|End|Terminate|Disconnect|Unload|Shutdown|Hide|Abort|Cancel)(d|ed|led|s|ing|lationRequested|Connection|Session|Event)?$/;

/** The call subscribes somebody, by its name; with the third parameter of the editor's events it is registered already. */
export function mayGiveSubscription(call: TSESTree.CallExpression): boolean {
  const name = calleeName(call) ?? '';
  if (!subscribesByName(name)) return false;
  if (STANDING_MAKERS.has(name)) return call.arguments.length >= 1;
  if (name.startsWith('register')) return call.arguments.length >= 1;
  return call.arguments.length >= 1 && call.arguments.length < 3 && call.arguments.some(mayBeListener);
}

function mayBeListener(argument: TSESTree.Node): boolean {
  const node = unwrap(argument);
  return isFunction(node) || node.type === T.Identifier || node.type === T.MemberExpression || node.type === T.CallExpression || node.type === T.ObjectExpression;
}

/** Subscriptions of one sort: events, registrations, observables. One sort being kept says little of another. */
export function sortOf(call: TSESTree.CallExpression): string {
  const [verb = ''] = /^[a-z]+/.exec(calleeName(call) ?? '') ?? [];
  return verb === 'observe' ? 'subscribe' : verb;
}

/** The method that takes back what this one does, by the usual names: `unsubscribe`, `unregisterX`, `removeXListener`. */
export function counterpartOf(name: string): string | undefined {
  const [, verb = '', rest = ''] = /^([a-z]+)(.*)$/.exec(name) ?? [];
  const reverse = REVERSES.get(verb);
  return reverse === undefined ? undefined : reverse + rest;
}

const REVERSES: ReadonlyMap<string, string> = new Map([
  ['subscribe', 'unsubscribe'],
  ['register', 'unregister'],
  ['add', 'remove'],
  ['on', 'off'],
  ['observe', 'unobserve'],
  ['watch', 'unwatch'],
]);

/** What the call gives ends a subscription. Undefined: nobody knows. */
export function givesSubscription(fact: CallFact | undefined, name: string): boolean | undefined {
  if (fact === undefined || fact.result.opaque) return undefined;
  if (fact.fluent || fact.promise) return false;
  if (fact.result.members.some((member) => ENDING_MEMBERS.includes(member))) return true;
  return fact.result.callable && !fact.result.primitive && !name.startsWith('register');
}

export function isLastEvent(call: TSESTree.CallExpression): boolean {
  return LAST_EVENTS.test(calleeName(call) ?? '');
}

/** Nothing is done with what the call gives. */
export function isDropped(call: TSESTree.CallExpression): boolean {
  return landingsOf(call).every((landing) => landing.to === 'nothing');
}

/** The value goes to a collection of disposables, or to a field or variable that is named as one. */
export function isCollected(value: TSESTree.Node): boolean {
  return landingsOf(value).some((landing) => isCollecting(landing));
}

/** The value goes to `context.subscriptions`, which lives as long as the extension. */
export function isHostCollected(value: TSESTree.Node): boolean {
  return landingsOf(value).some((landing) => landing.to === 'argument' && landing.call.type === T.CallExpression && isContexts(landing.call));
}

function isContexts(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const list = callee.type === T.MemberExpression ? unwrap(callee.object) : undefined;
  return list?.type === T.MemberExpression && staticName(list) === 'subscriptions' && /context|ctx/i.test(lastName(list.object) ?? '');
}

function isCollecting(landing: Landing): boolean {
  switch (landing.to) {
    case 'argument': {
      const { call } = landing;
      if (call.type === T.NewExpression) return COLLECTIONS.test(lastName(call.callee) ?? '');
      const name = calleeName(call) ?? '';
      if (/^_?register(Disposable)?$|^addDisposables?$|^pushAll$|^from$/.test(name) && landing.to === 'argument') return name !== 'from' || receiverName(call) === 'Disposable';
      // A key of a map is not kept to be ended.
      if (name === 'set' && landing.index === 0 && call.arguments.length > 1) return false;
      return (KEEPING_METHODS.has(name) && COLLECTIONS.test(receiverName(call) ?? '')) || /^(disposable|combinedDisposable|toDispose)/i.test(name);
    }
    case 'property':
      return COLLECTIONS.test(lastName(landing.target) ?? '');
    case 'variable':
      return COLLECTIONS.test(landing.id.name);
    default:
      return false;
  }
}

function receiverName(call: TSESTree.CallExpression): string | undefined {
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression ? lastName(callee.object) : undefined;
}

/** Operators after which an observable completes by itself, or with its owner. */
const COMPLETING = new Set(['take', 'first', 'last', 'takeUntil', 'takeUntilDestroyed', 'takeWhile', 'toArray', 'single', 'elementAt', 'find', 'isEmpty', 'reduce', 'count', 'untilDestroyed', 'timeout']);

/** Functions that make observables of what does not end: events, clocks, several others together. */
const LASTING_SOURCES = new Set(['fromEvent', 'fromEventPattern', 'interval', 'animationFrames', 'combineLatest', 'merge']);

/** `fromStore(...)`, `fromQuery(...)`: observables of what the name says; but not of what is read to its end. */
const OF_LASTING = /^from(?!Fetch|Promise|Iterable|Array|ReadableStream|AsyncIterable)[A-Z]/;

/** The observable completes by itself as far as one sees: an operator says so, or a call has just made it (a request, a promise). */
export function completesItself(call: TSESTree.CallExpression, ctx: Context): boolean {
  if (calleeName(call) !== 'subscribe') return false;
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression) return false;
  let source = unwrap(callee.object);
  for (;;) {
    if (source.type === T.Identifier) {
      const variable = ctx.bindings.variableOf(source);
      const value = variable && ctx.bindings.onlyValueOf(variable);
      if (value === undefined) return false;
      source = unwrap(value);
      continue;
    }
    if (source.type !== T.CallExpression) return false;
    const name = calleeName(source) ?? '';
    if (name !== 'pipe' && name !== 'asObservable') return !LASTING_SOURCES.has(name) && !OF_LASTING.test(name);
    if (source.arguments.some((operator) => operator.type === T.CallExpression && COMPLETING.has(calleeName(operator) ?? ''))) return true;
    const inner = unwrap(source.callee);
    if (inner.type !== T.MemberExpression) return true;
    source = unwrap(inner.object);
  }
}

/** The field that the target is, or is reached through: `model` of `this.model.tree`. */
export function fieldOf(target: TSESTree.Node): string | undefined {
  let node = unwrap(target);
  while (node.type === T.MemberExpression || node.type === T.CallExpression) {
    if (node.type === T.CallExpression) {
      node = unwrap(node.callee);
      continue;
    }
    if (node.object.type === T.ThisExpression) return staticName(node);
    node = unwrap(node.object);
  }
  return undefined;
}
