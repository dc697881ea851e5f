import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowRoot } from '../flow/graph';
import { ownershipByName } from '../resources/ownedNames';
import { calleeName, declaredName, enclosingClass, isFunction, lastName, rootOf, thisOwner, unwrapAwait } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { candidateOf, decide as acquiredBy } from './candidates';
import type { Context } from './context';
import type { Obligation } from './obligation';
import { mentionsOf, placeOf } from './place';
import { callsFunction, methodRelease } from './releases';
import { isHandedIn } from './treatment';

/** A receiver that the function did not make: `this.lock`, a parameter, a variable of the module. Others may release it. */
export function belongsElsewhere({ site, effects, root }: Obligation, ctx: Context): boolean {
  if (site.holder.in !== 'receiver' && site.holder.in !== 'argument') return false;
  const [place] = effects.places;
  if (place === undefined || place.variable === 'this') return true;
  if (place.variable.scope.variableScope.block !== root || place.variable.defs.some((definition) => definition.type === 'Parameter')) return true;
  const value = ctx.bindings.onlyValueOf(place.variable);
  return value !== undefined && isBorrowed(unwrapAwait(value), ctx);
}

/** A member of something, or what a getter gives: `this.em`, `transaction.getConnection()`; by whatever name. */
function isBorrowed(value: TSESTree.Node, ctx: Context, depth = 3): boolean {
  if (value.type === T.MemberExpression) return true;
  if (value.type === T.Identifier && depth > 0) {
    const variable = ctx.bindings.variableOf(value);
    const behind = variable && ctx.bindings.onlyValueOf(variable);
    return behind !== undefined && isBorrowed(unwrapAwait(behind), ctx, depth - 1);
  }
  if (value.type !== T.CallExpression || ownershipByName(calleeName(value) ?? '') !== 'borrowed') return false;
  const candidate = candidateOf(value, ctx);
  return candidate === undefined || acquiredBy(candidate, ctx) === undefined;
}

/** Names of functions that are there to begin something which another one ends. */
const BEGINNING = /^_?(begin|start|open|enter|lock|acquire|set_?up|before|init|prepare|take|hold|reserve|connect|use|on[A-Z]|with[A-Z]\w*Start)/i;

/**
 * A section that begins on somebody else's receiver and is not ended here may be ended by others, unless nobody can: a transaction on the
 * parameter of a callback that is written in place, or on a field, in a file in which nothing ends one, where this function also works in it.
 */
export function isLeftToOthers({ site, effects, root }: Obligation, ctx: Context): boolean {
  const [place] = effects.places;
  if (site.resource.family !== 'transaction' || place === undefined || !isFunction(root)) return true;
  const worksInIt = mentionsOf(place, root).some((mention) => mention.node.range[0] >= site.call.range[1]) || runsWorkAfter(root, site.call, ctx);
  if (!worksInIt || BEGINNING.test(nameOfFunction(root) ?? '')) return true;
  if (place.variable !== 'this') return !isWrittenInPlace(root) || place.variable.scope.block !== root;
  return enclosingClass(thisOwner(site.call))?.superClass !== null || isEndedSomewhere(site, ctx);
}

/** The function calls one that it was given, after the section has begun. */
function runsWorkAfter(root: FlowRoot, call: TSESTree.Node, ctx: Context): boolean {
  let found = false;
  walk(root, (node) => {
    if (node.type === T.CallExpression && node.range[0] >= call.range[1] && isHandedIn(node, ctx)) found = true;
  });
  return found;
}

function nameOfFunction(root: FlowRoot): string | undefined {
  if (!isFunction(root)) return undefined;
  const { parent } = root;
  return declaredName(root) ?? (parent.type === T.CallExpression || parent.type === T.NewExpression ? lastName(parent.callee) : undefined);
}

/** A callback that a call is given where it is written: nobody else ever has its parameters. */
function isWrittenInPlace(fn: TSESTree.Node): boolean {
  return fn.parent?.type === T.CallExpression && fn.parent.arguments.some((argument) => argument === fn);
}

/** Methods that end a transaction only by ending what it runs on. */
const ENDS_ALL: ReadonlySet<string> = new Set(['close', 'end', 'release', 'destroy', 'dispose']);

/** Some call of the file, on whatever receiver, ends what such an acquire begins. */
function isEndedSomewhere(site: Obligation['site'], ctx: Context): boolean {
  let found = false;
  walk(ctx.module.ast, (node) => {
    const name = node.type === T.CallExpression ? calleeName(node) : undefined;
    if (node.type === T.CallExpression && name !== undefined && !ENDS_ALL.has(name) && methodRelease(name, node, site) !== undefined) found = true;
  });
  return found;
}

/**
 * `await lock(this.path)`: who knows what the resource was acquired for can release it by that. It is left to him by a function whose name says that
 * it only begins, by one that does nothing else, and where another function of the file releases so.
 */
export function isReleasedByKey({ site, root }: Obligation, ctx: Context): boolean {
  const keyed = site.resource.releases.filter(({ key }) => key !== undefined);
  const key = keyed[0]?.key === undefined ? undefined : site.call.arguments[keyed[0].key];
  if (key === undefined || !isFunction(root) || !isOfOthers(key, root, ctx)) return false;
  if (BEGINNING.test(nameOfFunction(root) ?? '')) return true;
  let goesOn = false;
  let releasedElsewhere = false;
  walk(ctx.module.ast, (node) => {
    if (node.type !== T.CallExpression) return;
    if (rootOf(node) === root) goesOn ||= node.range[0] >= site.call.range[1];
    else releasedElsewhere ||= keyed.some((release) => callsFunction(node, release, site, ctx));
  });
  return releasedElsewhere || !goesOn;
}

function isOfOthers(key: TSESTree.Node, root: FlowRoot, ctx: Context): boolean {
  const place = placeOf(key, ctx.bindings);
  if (place === undefined) return false;
  return place.variable === 'this' || place.variable.scope.variableScope.block !== root || place.variable.defs.some((definition) => definition.type === 'Parameter');
}
