import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { wordsOf } from '../resources/ownedNames';
import type { CallNode } from '../syntax/nodes';
import { wrapped } from '../syntax/nodes';
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

/**
 * A callee that nobody knows most likely gives the resource back when it is done: it is awaited or its result is thrown away, and its
 * name does not say that it keeps anything. Good for a potential finding, and for no more.
 */
export function looksLent(call: CallNode, handedIn: boolean, ctx: Context): boolean {
  if (call.type === T.NewExpression) return false;
  const isAwaited = wrapped(call).parent?.type === T.AwaitExpression;
  if (handedIn) return isAwaited;
  const verb = wordsOf(ctx.calleeName(call) ?? '')[0] ?? '';
  if (verb === '' || KEEPING_VERBS.has(verb)) return false;
  const [landing] = landingsOf(call);
  return landing?.to === 'nothing' || ANSWERING_VERBS.has(verb);
}
