import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Tier } from '../findings';
import type { Context } from '../ownership/context';
import { callQuery, continues, givesPromise, isSettled, returnedCalls } from '../ownership/returnedPromise';
import type { Scoped } from '../ownership/scoped';
import { acquireOf, scopedBy, scopesAround, usesOf } from '../ownership/scoped';
import { releasesByName } from '../resources/ownedNames';
import type { CallNode } from '../syntax/nodes';
import { calleeName, isCall, isFunction, rootOf, unwrap, within } from '../syntax/nodes';
import { isExecutor } from '../syntax/promises';
import { walk } from '../syntax/visit';
import type { CodeCase, CodeRule, Report } from './code-rule';
import { heldBy, lastLineOf, obligationOfScope, rangeOf, stepAt } from './scoped-report';

/** A promise leaves the scope that it needs: the resource is released while the work on it is still under way. */
export const promiseLeavesScope: CodeRule = {
  id: 'promise-leaves-scope',
  mentions: ['using ', 'finally'],
  passedAlready: true,
  on: [T.ReturnStatement],
  suspects: (node, ctx) => {
    const calls = leavingCalls(node, ctx);
    const scoped = calls.length > 0 && (scopesAround(node).length > 0 || cleanupsAround(node).some((cleanup) => calls.some((call) => mentionsReleased(call, cleanup, ctx))));
    return scoped ? calls.flatMap((call) => [call, ...innerCalls(call)]).map(callQuery) : undefined;
  },
  judge: (node, given) => leavingCalls(node, given.ctx).flatMap((call) => reportsOn(call, node, given)),
};

/** The calls whose result the statement gives away without waiting. An async generator waits by itself. */
function leavingCalls(node: TSESTree.Node, ctx: Context): CallNode[] {
  if (node.type !== T.ReturnStatement || node.argument === null) return [];
  const root = rootOf(node);
  if (isFunction(root) && root.generator) return [];
  return returnedCalls(node.argument, ctx).filter((call) => !isSettled(call));
}

/** Calls among the arguments and before the dots, which may make the promise that the outer one passes on. */
function innerCalls(call: CallNode): CallNode[] {
  const found: CallNode[] = [];
  walk(call, (node) => {
    if (node !== call && isCall(node) && rootOf(node) === rootOf(call)) found.push(node);
  });
  return found.slice(0, 8);
}

function reportsOn(call: CallNode, statement: TSESTree.Node, given: CodeCase): Report[] {
  const { ctx } = given;
  if (!givesPromise(call, ctx)) return [];
  for (const declarator of scopesAround(statement)) {
    const scoped = scopedBy(declarator, ctx);
    const tier = scoped && tierOf(call, scoped, given);
    if (scoped === undefined || tier === undefined) continue;
    const message = `The promise of \`${ctx.excerpt(call)}\` leaves the scope of \`${scoped.name}\`, which is released when its block ends on line ${lastLineOf(scoped)}, before the promise settles: return it with \`await\`.`;
    const path = [stepAt(scoped.declarator, `\`${scoped.name}\` is held until its block ends`), stepAt(call, 'the promise is returned without waiting for it'), stepAt(scoped.declarator, `\`${scoped.name}\` is released`)];
    return [{ ...rangeOf(call), ...heldBy(scoped, given), message, tier, path }];
  }
  for (const cleanup of cleanupsAround(statement)) {
    const released = mentionsReleased(call, cleanup, ctx);
    if (released === undefined) continue;
    const message = `The promise of \`${ctx.excerpt(call)}\` is returned without \`await\`, and \`${ctx.excerpt(released)}\` on line ${String(ctx.lineOf(released))} runs before it settles.`;
    const path = [stepAt(call, 'the promise is returned without waiting for it'), stepAt(released, 'the release runs')];
    const site = given.obligations.find(({ effects }) => effects.effects.some((effect) => effect.call === released))?.site;
    const tier = waitsForUse(site?.resource.id, call) ? 'hint' : 'definite';
    return [{ ...rangeOf(call), resource: site?.resource.noun ?? 'resource', family: site?.resource.family ?? 'disposable', message, tier, path }];
  }
  return [];
}

/** What the promise has to do with the scope. */
function tierOf(call: CallNode, scoped: Scoped, given: CodeCase): Tier | undefined {
  const { ctx } = given;
  const uses = usesOf(scoped, ctx);
  const inside = uses.filter((use) => within(use.at, call));
  if (inside.length === 0) return uses.length === 0 && isGuard(scoped, given) ? 'potential' : undefined;
  const obligation = obligationOfScope(scoped, given.obligations);
  if (waitsForUse(obligation?.site.resource.id, call)) return 'hint';
  if (inside.some((use) => use.closure !== undefined && worksLater(use.at, call))) return 'definite';
  if (inside.some((use) => use.closure === undefined && isMadeOn(use.at, call, ctx))) return 'definite';
  return inside.some((use) => use.closure === undefined && use.landing.to === 'argument' && isPassedOn(use.landing.call, call, ctx)) ? 'potential' : undefined;
}

/** Nothing names it after its declaration: what it guards is all that the block does. */
function isGuard(scoped: Scoped, { obligations }: CodeCase): boolean {
  const obligation = obligationOfScope(scoped, obligations);
  return acquireOf(scoped) !== undefined && (obligation?.site.resource.family === 'lock' || /^_|lock|guard|permit|span|lease|mutex/i.test(scoped.name));
}

/** The function inside runs after the call has returned: not the executor of a promise itself. */
function worksLater(use: TSESTree.Node, call: CallNode): boolean {
  let inner: TSESTree.Node | undefined;
  for (let at: TSESTree.Node | undefined = use; at !== undefined && at !== call; at = at.parent) {
    if (!isFunction(at)) continue;
    if (inner !== undefined || !isExecutor(at)) return true;
    inner = at;
  }
  return false;
}

/** The promise, or one that it passes on or waits for, is what a call on the resource gives. */
function isMadeOn(use: TSESTree.Node, call: CallNode, ctx: Context): boolean {
  let at: TSESTree.Node = use;
  for (;;) {
    const { parent } = at;
    if (parent === undefined) return false;
    if (parent.type === T.MemberExpression && parent.object === at) at = parent;
    else if (isCall(parent) && parent.callee === at) {
      if (parent === call || givesPromise(parent, ctx)) return leadsTo(parent, call, ctx);
      at = parent;
    } else if (unwrap(parent) !== parent && within(at, parent)) at = parent;
    // What a combinator waits for is a promise, as long as nobody knows better.
    else return isCall(at) && parent.type === T.ArrayExpression && isUnknown(at, ctx) && leadsTo(at, call, ctx);
  }
}

function isUnknown(call: CallNode, ctx: Context): boolean {
  const fact = ctx.callFact(call);
  return fact === undefined || fact.result.opaque;
}

/** The promise of the inner call decides when that of the outer one settles. */
function leadsTo(inner: CallNode, outer: CallNode, ctx: Context): boolean {
  for (let at: TSESTree.Node = inner; at !== outer; at = at.parent) {
    const { parent } = at;
    if (parent === undefined || parent.type === T.AwaitExpression) return false;
    const waits = isCall(parent) && parent.callee !== at && (isCombinator(parent) || (parent === outer && givesPromise(parent, ctx)));
    const passes = parent.type === T.ArrayExpression || parent.type === T.SpreadElement || parent.type === T.MemberExpression || unwrap(parent) !== parent;
    const continued = isCall(parent) && parent.callee === at;
    if (!waits && !passes && !continued) return false;
  }
  return true;
}

function isCombinator(call: CallNode): boolean {
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression && callee.object.type === T.Identifier && callee.object.name === 'Promise';
}

function isPassedOn(callee: CallNode, call: CallNode, ctx: Context): boolean {
  if (callee.type === T.NewExpression && callee !== call) return false;
  return callee === call || (givesPromise(callee, ctx) && leadsTo(callee, call, ctx));
}

/** Resources whose release waits for the operations that have begun. What begins one after another is cut off all the same. */
const WAITING: ReadonlySet<string> = new Set(['fs.FileHandle', 'redis.client', 'ioredis.Redis']);

function waitsForUse(resource: string | undefined, call: CallNode): boolean {
  if (resource === undefined || !WAITING.has(resource)) return false;
  let later = continues(call) !== undefined;
  walk(call, (node) => {
    if (isFunction(node) && node.async) later = true;
  });
  return !later;
}

/** The `finally` blocks of the `try` blocks that the statement stands in, innermost first. */
function cleanupsAround(statement: TSESTree.Node): TSESTree.BlockStatement[] {
  const found: TSESTree.BlockStatement[] = [];
  let at = statement;
  for (let outer = statement.parent; outer !== undefined && !isFunction(outer); at = outer, outer = outer.parent) {
    if (outer.type === T.TryStatement && outer.finalizer !== null && outer.block === at) found.push(outer.finalizer);
  }
  return found;
}

/** The call of the cleanup that releases what the returned call is made on. */
function mentionsReleased(call: CallNode, cleanup: TSESTree.BlockStatement, ctx: Context): TSESTree.CallExpression | undefined {
  let found: TSESTree.CallExpression | undefined;
  walk(cleanup, (node) => {
    if (found !== undefined || node.type !== T.CallExpression || !releasesByName(calleeName(node) ?? '')) return;
    const callee = unwrap(node.callee);
    const held = callee.type === T.MemberExpression ? unwrap(callee.object) : node.arguments[0];
    const variable = held?.type === T.Identifier ? ctx.bindings.variableOf(held) : undefined;
    if (variable === undefined || variable.scope.variableScope.block !== rootOf(call)) return;
    if (variable.references.some((reference) => within(reference.identifier, call) && isMadeOn(reference.identifier, call, ctx))) found = node;
  });
  return found;
}
