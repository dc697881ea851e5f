import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import type { Family, Release } from '../resources/model';
import { lastNameOf } from '../resources/lookup';
import type { FunctionNode } from '../syntax/nodes';
import { calleeName, isFunction, rootOf, staticName, unwrap, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { Holding } from './held';
import { isCalledOn, isOneOf, localHolders, nameOf } from './held';
import { addsListener } from './listening';

/** A resource that a promise's executor waits with. */
export interface HeldResource extends Holding {
  readonly kind: 'resource';
  readonly obligation: Obligation;
}

/** Families with rules of their own for what a promise waits with, or of which nothing is owed at the moment it settles. */
const LEFT_OUT: ReadonlySet<Family> = new Set(['timer', 'listener', 'temporary', 'transaction', 'stream', 'file']);

/** The resources that the executor, or the function that makes the promise, acquires, and that only variables of the two hold. */
export function resourcesHeldIn(executor: FunctionNode, obligations: readonly Obligation[], ctx: Context): HeldResource[] {
  return obligations.flatMap((obligation) => {
    const { site, root } = obligation;
    const { resource } = site;
    if (LEFT_OUT.has(resource.family) || resource.lifetime === 'moment' || site.async || site.holder.in !== 'result' || site.certainty === 'guess') return [];
    if (!isFunction(root) || (root !== executor && (rootOf(executor.parent) !== root || site.call.range[0] > executor.range[0]))) return [];
    const holders = localHolders(site.call, root, ctx);
    if (holders === undefined) return [];
    const isReleasedBy = (call: TSESTree.CallExpression): boolean => resource.releases.some((release) => isReleased(call, release, holders, ctx));
    const endsIn = [...endings(executor, site.call, holders, ['error', ...(resource.ended ?? [])], ctx), ...callbacksOf(executor, isReleasedBy), ...ownCallback(obligation)];
    const held: HeldResource = { kind: 'resource', obligation, call: site.call, name: nameOf(holders), endsIn, isReleasedBy };
    return isReleasedOutside(held, executor, root) ? [] : [held];
  });
}

function isReleased(call: TSESTree.CallExpression, { method, on, function: name, argument, key }: Release, holders: ReadonlySet<Variable>, ctx: Context): boolean {
  if (method !== undefined) return on === undefined && isCalledOn(call, holders, [method], ctx);
  const given = call.arguments[argument ?? 0];
  return name !== undefined && key === undefined && calleeName(call) === lastNameOf(name) && given !== undefined && isOneOf(given, holders, ctx);
}

/** `socket.once('close', f)`, `socket.onclose = f`: what runs when the resource is over by itself, or has failed and is no more than its error. */
function endings(executor: FunctionNode, acquire: TSESTree.Node, holders: ReadonlySet<Variable>, ended: readonly string[], ctx: Context): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(executor, (node) => {
    if (node.type === T.CallExpression) {
      const [event, listener] = node.arguments;
      const callee = unwrap(node.callee);
      if (event?.type !== T.Literal || listener === undefined || callee.type !== T.MemberExpression || !ended.includes(String(event.value))) return;
      if (addsListener(staticName(callee) ?? '') && isRootedIn(callee.object, acquire, holders, ctx)) found.push(listener);
      return;
    }
    const target = node.type === T.AssignmentExpression ? node.left : undefined;
    if (node.type !== T.AssignmentExpression || target?.type !== T.MemberExpression || !isOneOf(target.object, holders, ctx)) return;
    if (ended.some((event) => `on${event}` === staticName(target))) found.push(node.right);
  });
  return found;
}

/** `server.close(() => resolve())`: what runs when a release is done. */
function callbacksOf(executor: FunctionNode, isReleasedBy: Holding['isReleasedBy']): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(executor, (node) => {
    if (node.type === T.CallExpression && isReleasedBy(node)) found.push(...node.arguments);
  });
  return found;
}

/** `exec(command, callback)`: a child tells its end to the callback that it was given; `get(url, callback)`: what is left of a request is its response. */
function ownCallback({ site: { call, resource } }: Obligation): TSESTree.Node[] {
  return resource.family === 'process' || resource.ended?.includes('response') ? call.arguments.filter((argument) => isFunction(argument)) : [];
}

/** The variable, the acquire itself, or a chain of calls on one: `connect(port).on(...).once(...)`. */
function isRootedIn(expression: TSESTree.Node, acquire: TSESTree.Node, holders: ReadonlySet<Variable>, ctx: Context): boolean {
  const node = unwrap(expression);
  if (node === acquire) return true;
  if (node.type === T.CallExpression) {
    const callee = unwrap(node.callee);
    return callee.type === T.MemberExpression && isRootedIn(callee.object, acquire, holders, ctx);
  }
  return isOneOf(node, holders, ctx);
}

/** Whoever made the promise releases it around the wait, as in a `finally`. */
function isReleasedOutside(held: Holding, executor: FunctionNode, root: FunctionNode): boolean {
  let released = false;
  if (root === executor) return false;
  walk(root, (node) => {
    if (node.type === T.CallExpression && !within(node, executor) && held.isReleasedBy(node)) released = true;
  });
  return released;
}
