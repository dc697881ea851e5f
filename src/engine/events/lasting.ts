import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { symbolsOf } from '../resources/lookup';
import { callsIn } from '../syntax/calls';
import type { ClassNode, FunctionNode } from '../syntax/nodes';
import { calleeName, lastName, staticName, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { endsLife, isEndedWithOwner, keepsThis } from './dropped';
import type { Listening } from './listening';
import { areOtherEvents, isRemovedIn, listeningOf } from './listening';
import { classAround, isDisposer } from './owners';
import { standingOf } from './targets';

/** Parts of a page, and of a process, that are there as long as it is. */
const GLOBAL_TARGETS = /^(window|document|process|globalThis|self|body|documentElement|navigator|screen|visualViewport|stdin|stdout|stderr|connection|serviceWorker|mediaDevices|fonts|clipboard)$/;

/** What is shared by many, by its name: not the one socket or stream that a class was made around. */
const SHARED = /(events|eventBus|bus|hub|manager|service|registry|settings|config|configuration|store)$/i;

/** A listener on something that lasts, put there by an object that has an end and does not take it off; else undefined. */
export function leftListener(call: TSESTree.CallExpression, ctx: Context): Listening | undefined {
  const listening = listeningOf(call);
  const cls = classAround(call);
  if (listening === undefined || cls === undefined || listening.signalled) return undefined;
  // What `on` gives may be what takes the listener off: somebody keeps it.
  if (!landingsOf(call).every((landing) => landing.to === 'nothing' || landing.to === 'method')) return undefined;
  const lasting = isLasting(listening, ctx);
  if (!lasting || (listening.once && !isSignalOfProcess(listening)) || isLastResort(listening) || isOfLoading(listening)) return undefined;
  if (!endsLife(cls, ctx) || !keepsThis(call, ctx) || isShutdownHook(listening, cls, ctx)) return undefined;
  return isRemovedIn(cls, listening, ctx) || (!isPageOrProcess(unwrap(listening.target), ctx) && isEndedWithOwner(listening.target, cls, call)) || isHandedOn(listening, cls, ctx) ? undefined : listening;
}

/** The target outlives any object of the class. */
function isLasting({ target, call, event }: Listening, ctx: Context): boolean {
  const node = unwrap(target);
  const name = lastName(node) ?? '';
  const standing = standingOf(node, ctx);
  if (isPageOrProcess(node, ctx)) return true;
  if (node.type === T.CallExpression) return name === 'matchMedia';
  if (standing !== 'injected' && standing !== 'global') return false;
  if (event.type === T.Literal && /^(close|end|exit|finish|error|disconnect|dispose)/.test(String(event.value))) return false;
  const type = ctx.callFact(call)?.receiver;
  // A socket, a stream, a child: the class is made around it, and both end together.
  if (symbolsOf(type).some(({ package: from }) => from !== undefined && from !== 'node:events')) return false;
  return SHARED.test(name);
}

/** `window`, `document.body`, `process.stdin`: by the names of globals. */
export function isPageOrProcess(node: TSESTree.Node, ctx: Context): boolean {
  if (node.type === T.Identifier) return GLOBAL_TARGETS.test(node.name) && ctx.bindings.isGlobal(node);
  return node.type === T.MemberExpression && GLOBAL_TARGETS.test(staticName(node) ?? '') && isPageOrProcess(unwrap(node.object), ctx);
}

/** A page has loaded once: its listener is over with that. */
function isOfLoading({ event }: Listening): boolean {
  return event.type === T.Literal && (event.value === 'load' || event.value === 'DOMContentLoaded');
}

/** What hears of errors that nobody caught is there for the whole program, whoever puts it up. */
function isLastResort({ event }: Listening): boolean {
  return event.type === T.Literal && typeof event.value === 'string' && /^(uncaughtException(Monitor)?|unhandledRejection|unhandledrejection)$/.test(event.value);
}

/** `process.once('SIGINT', ...)`: one may never come, so `once` takes nothing off. */
function isSignalOfProcess({ target, event }: Listening): boolean {
  return lastName(target) === 'process' && event.type === T.Literal && typeof event.value === 'string' && /^(SIG[A-Z]+|exit|beforeExit)$/.test(event.value);
}

/** A signal that ends the object: the program's way to shut down, which is meant to last. */
function isShutdownHook(listening: Listening, cls: ClassNode, ctx: Context): boolean {
  if (lastName(listening.target) !== 'process') return false;
  const fn = memberFunctionOf(listening.listener, cls, ctx) ?? ctx.bindings.functionOf(listening.listener) ?? listening.listener;
  let ends = false;
  walk(fn, (node) => {
    const called = node.type === T.MemberExpression && node.object.type === T.ThisExpression ? staticName(node) : undefined;
    if (called !== undefined && (isDisposer(called) || /^(shut|stop|close|destroy|dispose|exit|kill|clean|on(Exit|Signal))/i.test(called))) ends = true;
    if (node.type === T.CallExpression && lastName(node.callee) === 'exit') ends = true;
  });
  return ends;
}

/** The method, or the function that a field holds, of `this.onInterrupt` and `this.onInterrupt.bind(this)`. */
function memberFunctionOf(listener: TSESTree.Node, cls: ClassNode, ctx: Context): FunctionNode | undefined {
  let node = unwrap(listener);
  if (node.type === T.CallExpression && calleeName(node) === 'bind' && node.callee.type === T.MemberExpression) node = unwrap(node.callee.object);
  const name = node.type === T.MemberExpression && node.object.type === T.ThisExpression ? staticName(node) : undefined;
  return name === undefined ? undefined : ctx.bindings.methodOf(name, cls);
}

/** The listener is in a list of those to be taken off, or given to somebody with its event. */
function isHandedOn({ listener, event }: Listening, cls: ClassNode, ctx: Context): boolean {
  const node = unwrap(listener);
  if (node.type !== T.MemberExpression && node.type !== T.Identifier) return false;
  const text = ctx.textOf(node);
  return [...callsIn(cls.body)].some(([name, calls]) => /^(remove|off|un|detach)/.test(name) && calls.some((other) => {
    const [named] = other.arguments;
    // One that names another event takes the listener off that.
    if (other.arguments.length > 1 && named !== undefined && ctx.textOf(named) !== text && areOtherEvents(named, event, ctx)) return false;
    return other.arguments.some((argument) => ctx.textOf(argument) === text);
  }));
}

