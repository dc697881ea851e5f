import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { isCall, isFunction, rootOf, staticName, unwrap, unwrapAwait } from '../syntax/nodes';
import { isNothing } from '../syntax/values';
import { walk } from '../syntax/visit';
import type { Context } from './context';
import type { Obligation } from './obligation';
import { obligationOf } from './obligation';
import { placeOf } from './place';
import type { AcquireSite } from './site';
import { ownFunction } from './treatment';

/** How deep factories of factories are followed. */
const ROUNDS = 3;

/**
 * Adds the calls of functions of this file that give what they acquired: their callers owe the release. Only functions count of which
 * every returned value is such a resource (or nothing): one that sometimes gives a shared one is left alone.
 */
export function withFactories(known: readonly AcquireSite[], ctx: Context): AcquireSite[] {
  const sites = [...known];
  const calls = new Map<CallNode, AcquireSite>(known.map((site) => [site.call, site]));
  let fresh: readonly AcquireSite[] = known;
  for (let round = 0; round < ROUNDS && fresh.length > 0; round++) {
    const factories = factoriesOf(fresh, ctx);
    if (factories.size === 0) break;
    const found: AcquireSite[] = [];
    walk(ctx.module.ast, (node) => {
      if (node.type !== T.CallExpression || calls.has(node)) return;
      const fn = ownFunction(node, ctx);
      const made = fn && factories.get(fn);
      if (fn === undefined || made === undefined) return;
      const site: AcquireSite = { ...made.site, call: node, holder: made.member === undefined ? { in: 'result' } : { in: 'member', name: made.member }, async: fn.async || made.site.async, through: fn };
      calls.set(node, site);
      found.push(site);
    });
    sites.push(...found);
    fresh = found;
  }
  return sites;
}

/** What a function gives its caller: what it acquired, or an object that has it as this member. */
interface Made {
  readonly site: AcquireSite;
  readonly member?: string;
}

/** The functions that give their caller what they acquired. */
function factoriesOf(sites: readonly AcquireSite[], ctx: Context): Map<FunctionNode, Made> {
  const factories = new Map<FunctionNode, Made>();
  for (const site of sites) {
    const root = rootOf(site.call);
    if (!isFunction(root) || root.generator || factories.has(root) || (site.holder.in !== 'result' && site.holder.in !== 'member')) continue;
    // Most functions return nothing, which is cheaper to see than what they do with a resource.
    const returned = returnedBy(root).filter((value) => !isNothing(value));
    const obligation = returned.length > 0 ? obligationOf(site, ctx) : undefined;
    const made = obligation && givenToCaller(obligation, returned, ctx);
    if (made) factories.set(root, made);
  }
  return factories;
}

function givenToCaller({ effects, site }: Obligation, returned: readonly TSESTree.Node[], ctx: Context): Made | undefined {
  if (effects.effects.some((effect) => effect.kind === 'transfer' && effect.how !== 'returned')) return undefined;
  const places = new Set(effects.places.map((place) => place.key));
  const isTheResource = (expression: TSESTree.Node): boolean => {
    const value = unwrapAwait(expression);
    if (value === site.call) return true;
    const place = placeOf(value, ctx.bindings);
    return place !== undefined && places.has(place.key);
  };
  if (returned.every(isTheResource)) return { site };
  // A member that is a promise still is another's matter.
  const isHere = (expression: TSESTree.Node): boolean => isTheResource(expression) && !(site.async && unwrap(expression) === site.call);
  const [member, ...more] = new Set(returned.map((value) => memberThatIs(isHere, value)));
  return member !== undefined && more.length === 0 ? { site, member } : undefined;
}

/** `file` of `{ file, size }`, where that is the resource. */
function memberThatIs(isTheResource: (expression: TSESTree.Node) => boolean, value: TSESTree.Node): string | undefined {
  const object = unwrapAwait(value);
  if (object.type !== T.ObjectExpression) return undefined;
  const property = object.properties.find((one) => one.type === T.Property && isTheResource(one.value));
  return property?.type === T.Property ? staticName(property) : undefined;
}

const returns = new WeakMap<FunctionNode, readonly TSESTree.Node[]>();

/** The expressions that a function returns; looked for once, however many resources it acquires. */
function returnedBy(fn: FunctionNode): readonly TSESTree.Node[] {
  if (fn.body === null) return [];
  if (fn.body.type !== T.BlockStatement) return [fn.body];
  const known = returns.get(fn);
  if (known !== undefined) return known;
  const values: TSESTree.Node[] = [];
  returns.set(fn, values);
  walk(fn.body, (node) => {
    if (node.type === T.ReturnStatement && node.argument && rootOf(node) === fn) values.push(node.argument);
  });
  return values;
}

/** The call and the `await` around it: what throws when an acquire fails. */
export function acquiringNodes(sites: readonly AcquireSite[]): Set<TSESTree.Node> {
  const nodes = new Set<TSESTree.Node>();
  for (const { call, holder, lifetime } of sites) {
    // A file that is written is somebody's to remove only where somebody does: writing acquires in no other sense.
    if (holder.in === 'argument' && lifetime === 'self') continue;
    nodes.add(call);
    for (let at: TSESTree.Node | undefined = call.parent; at !== undefined && !isCall(at) && !at.type.endsWith('Statement'); at = at.parent) {
      if (at.type === T.AwaitExpression) nodes.add(at);
    }
  }
  return nodes;
}
