import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { gradeCall } from '../flow/grade';
import type { FlowNode } from '../flow/graph';
import { releasesByName } from '../resources/ownedNames';
import { QUIET_MODULES } from '../resources/quietModules';
import type { CallNode } from '../syntax/nodes';
import { calleeName, isCall, isFunction, rootOf, unwrap, within, wrapped } from '../syntax/nodes';
import type { Context } from './context';
import { FLUENT_METHODS, PROMISE_PASSING } from './sinks';
import type { AcquireSite } from './site';
import { isHandedIn, ownFunction, receiverName } from './treatment';

/**
 * Throw edges that no finding should rest on, although they exist: a release that fails (code that guards against that too is rare,
 * and its author would be told of every pair of releases), a promise-returning call before its promise (it rejects at its `await`),
 * a loop over a collection, the taking apart of what was just acquired.
 */
export function isHarmless(node: FlowNode, site: AcquireSite, ctx: Context): boolean {
  switch (node.kind) {
    case 'assign':
    case 'dispose':
      return true;
    case 'iterate':
      // A walk fails with what is walked.
      return !(node.ast.type === T.ForOfStatement && node.ast.await) || site.resource.walked?.loop === true;
    case 'await':
      return isRelease(ctx.awaited(node.ast), ctx) || failsWithResource(ctx.awaited(node.ast), site) || isFixturesUse(ctx.awaited(node.ast), ctx);
    case 'call':
      return isCall(node.ast) && (isFixturesUse(node.ast, ctx) || endsProcess(node.ast, ctx) || makesPlainly(node.ast, ctx) || isRelease(node.ast, ctx) || isFluent(node.ast) || isQuiet(node.ast, ctx) || fills(node.ast, site) || givesPromise(node.ast, ctx) || failsWithResource(node.ast, site));
    default:
      return false;
  }
}

/** Releasing verbs that, with an object, rather work on data: `clearDatabase`, `removeRows`. */
const CHANGES_MORE = /^(clear|remove|delete|drain|clean|commit|finish|finalize|kill|detach|abort|cancel)[A-Z_]/;

/** A call whose name says that it releases, or that a model knows for one; also as elements of `Promise.all`. */
function isRelease(node: TSESTree.Node, ctx: Context): boolean {
  const expression = unwrap(node);
  if (expression.type === T.ArrayExpression) return expression.elements.every((element) => element !== null && isRelease(element, ctx));
  if (expression.type !== T.CallExpression) return false;
  if (ctx.releasingCalls.has(expression)) return true;
  const name = calleeName(expression) ?? '';
  if (releasesByName(name) && !CHANGES_MORE.test(name)) return true;
  if (PROMISE_PASSING.has(name) && expression.callee.type === T.MemberExpression) return isRelease(expression.callee.object, ctx);
  const [first] = expression.arguments;
  return (name === 'all' || name === 'allSettled') && first !== undefined && isRelease(first, ctx);
}

/** `await use(page)` in a fixture of Playwright Test: it comes back when the test is over, failed or not, and never rejects. */
function isFixturesUse(node: TSESTree.Node, ctx: Context): boolean {
  const call = unwrap(node);
  const fixture = call.type === T.CallExpression && call.callee.type === T.Identifier ? rootOf(call) : undefined;
  if (!isFunction(fixture) || call.type !== T.CallExpression || !isHandedIn(call, ctx)) return false;
  const use = fixture.params[1];
  if (use?.type !== T.Identifier || ctx.bindings.variableOf(use) !== ctx.bindings.variableOf(unwrap(call.callee))) return false;
  // `[async ({}, use) => { ... }, { scope: 'worker' }]`
  const value = fixture.parent.type === T.ArrayExpression ? fixture.parent : fixture;
  const given = value.parent.type === T.Property ? value.parent.parent.parent : undefined;
  return given?.type === T.CallExpression && calleeName(given) === 'extend';
}

/** What fails together with the resource itself: a read of a stream whose failure ends the stream. */
function failsWithResource(node: TSESTree.Node, { resource }: AcquireSite): boolean {
  const expression = unwrap(node);
  return resource.drained !== undefined && expression.type === T.CallExpression && calleeName(expression) === resource.drained.method;
}

/** Makes an object and does no more: constructors, the DOM's, and acquires that report their failure as an event. */
function makesPlainly(call: CallNode, ctx: Context): boolean {
  const name = calleeName(call) ?? '';
  const members = ctx.membersOf(call);
  const known = members !== 'local' && members.some(({ module, member }) => ctx.models.acquiresOf(module, member).length > 0);
  if (known) return !name.endsWith('Sync') && !(call.type === T.NewExpression && name.startsWith('Database'));
  if (call.type === T.NewExpression) return gradeCall(call, ctx.throwKnowledge) !== 'likely';
  return ctx.callFact(call)?.callee?.package === 'lib' || receiverName(call) === 'document';
}

const ENDING_NAMES = /^(exit|die|fatal|abort|quit|usage|panic|terminate|bail|crash)/i;

/** A call that never returns, of a name that speaks of the end of the process, not of an error. */
function endsProcess(call: CallNode, ctx: Context): boolean {
  return ENDING_NAMES.test(calleeName(call) ?? '') && ctx.neverReturns(call);
}

/** Puts something into what is held, without running any of it. */
function fills(call: CallNode, { resource }: AcquireSite): boolean {
  const name = calleeName(call) ?? '';
  return call.callee.type === T.MemberExpression && !name.startsWith('enter') && (resource.holds?.includes(name) ?? false);
}

/** Also what asks for an iterator: nothing of it has run before its first step. */
function isFluent(call: CallNode): boolean {
  const name = calleeName(call) ?? '';
  return call.callee.type === T.MemberExpression && (FLUENT_METHODS.has(name) || /^Symbol\.(asyncI|i)terator$/.test(name));
}

/** A library's callable that reports elsewhere what goes wrong in it. */
function isQuiet(call: CallNode, ctx: Context): boolean {
  const members = ctx.membersOf(call);
  return members !== 'local' && members.some(({ module, member }) => QUIET_MODULES.has(module) || ctx.models.isQuiet(module, member));
}

/** It is awaited, or handlers are put on it, there or by a name that it is given. */
function isTakenAsPromise(value: TSESTree.Node, ctx: Context): boolean {
  const { parent } = wrapped(value);
  if (parent?.type === T.AwaitExpression) return true;
  if (parent?.type === T.VariableDeclarator && parent.init !== null && within(value, parent.init)) {
    return ctx.bindings.variableOf(parent.id)?.references.some((reference) => reference.isRead() && isTakenAsPromise(reference.identifier, ctx)) ?? false;
  }
  return parent?.type === T.MemberExpression && parent.property.type === T.Identifier && ['then', 'catch', 'finally'].includes(parent.property.name);
}

/** The call's result is treated as a promise, or known to be one: what fails, fails there. */
function givesPromise(call: CallNode, ctx: Context): boolean {
  if (call.type !== T.CallExpression) return false;
  if (isTakenAsPromise(call, ctx)) return true;
  if (ownFunction(call, ctx)?.async === true || ctx.callFact(call)?.promise === true) return true;
  const members = ctx.membersOf(call);
  return members !== 'local' && members.some(({ module, member }) => /(^|\/)promises$/.test(module) || member.startsWith('promises.') || ctx.models.acquiresOf(module, member).some((known) => known.acquire.async));
}
