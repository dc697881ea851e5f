import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Listening } from '../events/listening';
import { isRemovedIn, listeningOf } from '../events/listening';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import { placeOf } from '../ownership/place';
import { sameText } from '../ownership/releases';
import { ownFunction } from '../ownership/treatment';
import type { ResourceModel } from '../resources/model';
import { calleeName, enclosingClass, isFunction, receiverOf, rootOf, staticName, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { reachable } from './paths';

/** The resource is lent by a pool, which has only so many: a method of something called so gives it. */
export function isPooled({ acquires, lifetime }: ResourceModel): boolean {
  return lifetime === 'scoped' && acquires.some(({ call, holder }) => /Pool(Cluster|Namespace)?#/.test(call) && (holder === undefined || holder.in === 'result' || holder.in === 'callback'));
}

/** Methods that are harmless on a client that was given back: they only see to listeners. */
const HARMLESS: ReadonlySet<string> = new Set(['off', 'removeListener', 'removeAllListeners', 'on', 'once', 'addListener', 'listenerCount', 'emit']);

/** A call of a method of the resource that surely comes after its release: every way there from the acquire passes one. */
export function useAfterRelease({ input, effects, site }: Obligation, ctx: Context): { readonly use: TSESTree.CallExpression; readonly release: TSESTree.Node } | undefined {
  const releases = effects.effects.flatMap((effect) => (effect.kind === 'release' && effect.call !== undefined && rootOf(effect.call) === input.graph.root ? [effect.call] : []));
  if (releases.length === 0) return undefined;
  const places = new Set(effects.places.map(({ key }) => key));
  const released = new Set<TSESTree.Node>(releases);
  const starts = input.starts.size > 0 ? [...input.starts] : [input.graph.entry];
  const held = reachable(starts, (at) => released.has(at), ctx, (edge) => edge.kind !== 'throw');
  for (const release of releases) {
    const nodes = input.graph.nodesOf(release).filter(({ kind }) => kind === 'call');
    const later = reachable(nodes, (at) => at === site.call || writes(at, places, ctx), ctx, (edge) => edge.kind !== 'throw');
    for (const node of later) {
      const { ast } = node;
      if (node.kind !== 'call' || ast.type !== T.CallExpression || released.has(ast) || held.has(node)) continue;
      const callee = unwrap(ast.callee);
      if (callee.type !== T.MemberExpression || HARMLESS.has(staticName(callee) ?? '') || site.resource.releases.some(({ method }) => method === staticName(callee))) continue;
      if (places.has(placeOf(callee.object, ctx.bindings)?.key ?? '')) return { use: ast, release };
    }
  }
  return undefined;
}

/** A listener that this function puts on what a pool lent it, and that is still there when the pool has it back: each use adds one. */
export function listenerGivenBack({ input, effects, site, name }: Obligation, ctx: Context): { readonly listening: Listening; readonly release: TSESTree.CallExpression } | undefined {
  const release = effects.effects.flatMap(({ kind, call }) => (kind === 'release' && call?.type === T.CallExpression && isGivenBack(call) ? [call] : []))[0];
  if (name === undefined || release === undefined || site.resource.family !== 'connection' && site.resource.family !== 'pool') return undefined;
  const places = new Set(effects.places.map(({ key }) => key));
  let found: Listening | undefined;
  walk(input.graph.root, (node) => {
    const listening = found === undefined && node.type === T.CallExpression && rootOf(node) === input.graph.root ? listeningOf(node) : undefined;
    if (listening === undefined || listening.once || listening.signalled || !listening.removers.includes('off')) return;
    if (places.has(placeOf(unwrap(listening.target), ctx.bindings)?.key ?? '') && !isRemovedIn(input.graph.root, listening, ctx)) found = listening;
  });
  return found === undefined ? undefined : { listening: found, release };
}

/** With an argument of its own `release` may close it for good, and other methods do. */
function isGivenBack(call: TSESTree.CallExpression): boolean {
  const name = calleeName(call) ?? '';
  return !/^(destroy|end|close|terminate)/.test(name) && (name !== 'release' || call.arguments.length === 0);
}

function writes(at: TSESTree.Node, places: ReadonlySet<string>, ctx: Context): boolean {
  const target = at.type === T.VariableDeclarator ? at.id : at.type === T.AssignmentExpression ? at.left : undefined;
  return target !== undefined && places.has(placeOf(target, ctx.bindings)?.key ?? '');
}

/** Another acquire from the same pool while the first is held, in the same function or in one of the file that it calls. */
export function nestedAcquire({ input, effects, site }: Obligation, obligations: readonly Obligation[], ctx: Context): { readonly at: TSESTree.Node; readonly through: boolean } | undefined {
  const pool = receiverOf(site.call);
  if (pool === undefined || input.starts.size === 0) return undefined;
  const ends = new Set<TSESTree.Node>(effects.effects.flatMap((effect) => (effect.kind === 'release' || effect.kind === 'transfer' ? [effect.at, ...(effect.call ? [effect.call] : [])] : [])));
  // One that takes the place of the first is another rule's matter.
  const places = new Set(effects.places.map(({ key }) => key));
  const same = new Set(obligations.filter((other) => !other.effects.places.some(({ key }) => places.has(key)) && other.site.resource === site.resource && sameText(receiverOf(other.site.call), pool, ctx) && sameMeaning(receiverOf(other.site.call), pool, ctx)).map((other) => other.site.call));
  const held = reachable([...input.starts], (at) => ends.has(at), ctx, (edge) => edge.kind !== 'throw');
  for (const { kind, ast } of held) {
    if (kind !== 'call' || ast.type !== T.CallExpression || ends.has(ast)) continue;
    if (ast !== site.call && same.has(ast)) return { at: ast, through: false };
    const fn = ownFunction(ast, ctx);
    if (fn !== undefined && fn !== input.graph.root && awaited(ast) && [...same].some((call) => rootOf(call) === fn)) return { at: ast, through: true };
  }
  return undefined;
}

/** A call of the function that is not awaited goes on beside this one, and need not be waited for. */
function awaited(call: TSESTree.Node): boolean {
  for (let at = call.parent; at !== undefined && !isFunction(at); at = at.parent) {
    if (at.type === T.AwaitExpression) return true;
    if (at.type.endsWith('Statement')) return false;
  }
  return false;
}

/** Both expressions mean one pool: the same variable, or a field of the same class. */
function sameMeaning(one: TSESTree.Node | undefined, other: TSESTree.Node, ctx: Context): boolean {
  if (one === undefined) return false;
  const [a, b] = [placeOf(one, ctx.bindings), placeOf(other, ctx.bindings)];
  if (a === undefined || b === undefined || a.key !== b.key) return false;
  // What another object calls `this.pool` is another pool.
  return a.variable !== 'this' || enclosingClass(one) === enclosingClass(other);
}

/** Every call of the file that is named like an acquire from a pool. */
export function acquiresFromPool(call: TSESTree.Node, ctx: Context): boolean {
  if (call.type !== T.CallExpression) return false;
  const callee = unwrap(call.callee);
  const name = callee.type === T.MemberExpression ? staticName(callee) : undefined;
  return name !== undefined && ctx.models.acquiresNamed(name).some(({ resource }) => isPooled(resource));
}
