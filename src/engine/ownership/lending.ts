import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { DefinitionType } from '@typescript-eslint/scope-manager';
import { wordsOf } from '../resources/ownedNames';
import type { CallNode } from '../syntax/nodes';
import { declaredName, isFunction, rootOf, staticName, unwrap, wrapped } from '../syntax/nodes';
import type { Context } from './context';
import { landingsOf } from './landing';

/** First words of functions that keep what they are given, or go on with it after they return. */
const KEEPING_VERBS = new Set([
  ...['handle', 'serve', 'accept', 'attach', 'register', 'track', 'own', 'add', 'keep', 'manage', 'use', 'store', 'save', 'set', 'put', 'push', 'enqueue', 'schedule', 'queue'],
  ...['listen', 'bind', 'wrap', 'watch', 'subscribe', 'start', 'connect', 'mount', 'proxy', 'forward', 'pipe', 'adopt', 'hand', 'transfer', 'give', 'send', 'pass', 'emit', 'on', 'resolve', 'return'],
  ...['cb', 'callback', 'done', 'next', 'spawn', 'launch', 'install', 'enter', 'defer', 'extend', 'assign', 'bootstrap', 'init', 'initialize', 'dispatch', 'yield', 'render'],
]);

/** First words of functions that answer from what they are given, and whose result is something else. */
const ANSWERING_VERBS = new Set([
  ...['get', 'find', 'fetch', 'read', 'load', 'select', 'query', 'count', 'list', 'check', 'is', 'has', 'exists', 'can', 'validate', 'verify', 'compute', 'calculate', 'parse', 'measure', 'stat'],
  ...['run', 'exec', 'execute', 'insert', 'update', 'delete', 'apply', 'migrate', 'seed', 'test', 'compare', 'describe', 'inspect', 'dump', 'print', 'write', 'copy', 'import', 'export'],
]);

/** A function that is awaited, and whose name does not say that it keeps anything, has done with a callback when it is done. */
export function isWaitedFor(call: CallNode, ctx: Context): boolean {
  const verb = wordsOf(ctx.calleeName(call) ?? '')[0] ?? '';
  return call.type === T.CallExpression && wrapped(call).parent?.type === T.AwaitExpression && verb !== '' && !KEEPING_VERBS.has(verb);
}

/** The call is awaited where it stands. */
export function isAwaited(call: CallNode): boolean {
  return wrapped(call).parent?.type === T.AwaitExpression;
}

/** Names of options that are such a function. */
const BODIES = /^(cb|callback|fn|func|f|body|block|work|worker|task|job|action|operation|run|inner|use|consumer|handler|executor)$/i;

/** `await work(client)` in `withClient(work)`: such a function lends what it makes to the one that it is given, and takes it back. */
export function isLentToBody(call: CallNode, ctx: Context): boolean {
  const owner = rootOf(call);
  if (call.type !== T.CallExpression || !isAwaited(call) || !isFunction(owner) || !/^_?(with|using)[A-Z_]/.test(declaredName(owner) ?? '')) return false;
  const callee = unwrap(call.callee);
  const given = callee.type === T.MemberExpression && BODIES.test(staticName(callee) ?? '') ? unwrap(callee.object) : callee;
  const variable = given.type === T.Identifier ? ctx.bindings.variableOf(given) : undefined;
  return variable?.defs[0]?.type === DefinitionType.Parameter;
}

/**
 * A callee that nobody knows most likely gives the resource back when it is done: it is awaited or its result is thrown away, and its
 * name does not say that it keeps anything. Good for a potential finding, and for no more.
 */
export function looksLent(call: CallNode, handedIn: boolean, ctx: Context): boolean {
  if (call.type === T.NewExpression) return false;
  if (handedIn) return isAwaited(call);
  const verb = wordsOf(ctx.calleeName(call) ?? '')[0] ?? '';
  if (verb === '' || KEEPING_VERBS.has(verb)) return false;
  const [landing] = landingsOf(call);
  return landing?.to === 'nothing' || ANSWERING_VERBS.has(verb);
}
