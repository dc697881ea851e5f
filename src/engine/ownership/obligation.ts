import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowNode, FlowRoot } from '../flow/graph';
import { nearestNodes } from '../flow/nearest';
import type { FunctionNode } from '../syntax/nodes';
import { calleeName, isFunction, receiverOf, rootOf, staticName, wrapped } from '../syntax/nodes';
import type { Effects } from './collect';
import { collectEffects } from './collect';
import type { Context } from './context';
import type { Known } from './guards';
import type { Landing } from './landing';
import { landingsOf } from './landing';
import type { Place } from './place';
import { IN_FLIGHT, SECTION, mentionsOf, placeOf, placeOfVariable } from './place';
import type { SearchInput } from './search';
import type { AcquireSite } from './site';
import { parameterPlace } from './summary';

/** A release that is owed: which function owes it, from where on, and what that function does about it. */
export interface Obligation {
  readonly site: AcquireSite;
  readonly root: FlowRoot;
  readonly effects: Effects;
  readonly input: SearchInput;
  /** Where the acquired value goes at once; empty for resources that are not the call's result. */
  readonly landings: readonly Landing[];
  /** The acquire gives a promise, and nothing awaits it where it is made. */
  readonly unawaited: boolean;
  /** What the resource is called, in the code's own words. */
  readonly name: string | undefined;
}

const NO_KNOWLEDGE: ReadonlyMap<string, Known> = new Map();

/** The obligation that an acquire begins; undefined where its resource cannot be followed. */
export function obligationOf(site: AcquireSite, ctx: Context): Obligation | undefined {
  switch (site.holder.in) {
    case 'result':
      return resultObligation(site, [], ctx);
    case 'member':
      return resultObligation(site, [site.holder.name], ctx);
    case 'receiver':
      return placeObligation(site, receiverOf(site.call), ctx) ?? givenAgain(site, ctx);
    case 'nothing':
      return sectionObligation(site, ctx);
    case 'argument':
      return placeObligation(site, site.call.arguments[site.holder.index], ctx) ?? sectionObligation(site, ctx);
    case 'callback':
      return callbackObligation(site, lastFunction(site, ctx), site.holder.parameter, site.holder.error, ctx);
  }
}

/** `createHook(...).enable()`: the receiver has no name, and is what the call gives. */
function givenAgain(site: AcquireSite, ctx: Context): Obligation | undefined {
  if (!site.resource.fluent?.includes(calleeName(site.call) ?? '')) return undefined;
  return resultObligation({ ...site, holder: { in: 'result' } }, [], ctx);
}

function resultObligation(site: AcquireSite, path: readonly string[], ctx: Context): Obligation | undefined {
  const root = rootOf(site.call);
  const { call } = site;
  const pending = site.async ? undefined : awaitedMember(call, path);
  if (pending) return build(site, root, [pending], [pending], [], landingsOf(pending), false, ctx);
  const awaiting = awaitAround(call);
  if (site.async && awaiting === undefined) {
    const then = thenCallback(call, ctx);
    if (then) return callbackObligation(site, then, 0, undefined, ctx);
    const awaited = awaitedLater(call, ctx);
    if (awaited.length > 0) return build(site, root, awaited, awaited, path, awaited.flatMap((node) => landingsOf(node, path)), false, ctx);
    return build(site, root, [call], [call], path, landingsOf(call, path), true, ctx);
  }
  const start = awaiting ?? call;
  return build(site, root, [start], [start], path, landingsOf(start, path), false, ctx);
}

function build(
  site: AcquireSite,
  root: FlowRoot,
  starts: readonly TSESTree.Node[],
  flights: readonly TSESTree.Node[],
  path: readonly string[],
  landings: readonly Landing[],
  unawaited: boolean,
  ctx: Context,
): Obligation {
  const graph = ctx.graphOf(root);
  const effects = collectEffects(root, { places: [], flights, path }, site, ctx);
  const nodes = new Set(starts.flatMap((start) => startNodes(graph.nodesOf(start))));
  const input = heldLater(site, root, effects, ctx) ?? { site, graph, effects, starts: nodes, places: [IN_FLIGHT], known: NO_KNOWLEDGE };
  return { site, root, effects, input, landings, unawaited, name: nameOf(landings, ctx) ?? nameAtEnd(landings, effects) };
}

function startNodes(nodes: readonly FlowNode[]): FlowNode[] {
  return nodes.filter(isStart);
}

function isStart({ kind }: FlowNode): boolean {
  return kind === 'call' || kind === 'await';
}

/** What is empty when it is made is held from where something is put into it. */
function heldLater(site: AcquireSite, root: FlowRoot, effects: Effects, ctx: Context): SearchInput | undefined {
  const { holds } = site.resource;
  if (holds === undefined) return undefined;
  const graph = ctx.graphOf(root);
  const filling = effects.places.flatMap((place) =>
    mentionsOf(place, root)
      .filter((mention) => !mention.write && mention.rest.length === 0)
      .flatMap((mention) => landingsOf(mention.node))
      .flatMap((landing) => (landing.to === 'method' && holds.includes(landing.name) ? nearestNodes(landing.call, graph, isStart) : [])),
  );
  const first = Math.min(...filling.map(({ ast }) => ast.range[0]));
  const isSettledBefore = effects.effects.some(({ how, at }) => how === 'settled' && at.range[0] < first);
  // Nothing is ever put into it, or it was seen to before: the node that ends the process is never left.
  const starts = new Set(filling.length > 0 && !isSettledBefore ? filling : [graph.halt]);
  return { site, graph, effects, starts, places: effects.places.map((place) => place.key).sort(), known: NO_KNOWLEDGE };
}

/** The resource is what a call was made on, or was given: `queryRunner.startTransaction()`. */
function placeObligation(site: AcquireSite, held: TSESTree.Node | undefined, ctx: Context): Obligation | undefined {
  const place = held && placeOf(held, ctx.bindings);
  if (held === undefined || place === undefined) return undefined;
  const root = rootOf(site.call);
  const graph = ctx.graphOf(root);
  const effects = collectEffects(root, { places: [place], flights: [], path: [] }, site, ctx);
  const start = awaitAround(site.call) ?? site.call;
  const input = { site, graph, effects, starts: new Set(startNodes(graph.nodesOf(start))), places: [place.key], known: NO_KNOWLEDGE };
  return { site, root, effects, input, landings: [], unawaited: false, name: ctx.excerpt(held) };
}

/** Nothing holds the resource: it is a section of the program, from one call to another. */
function sectionObligation(site: AcquireSite, ctx: Context): Obligation {
  const root = rootOf(site.call);
  const graph = ctx.graphOf(root);
  const effects = collectEffects(root, { places: [], flights: [], path: [] }, site, ctx);
  const start = awaitAround(site.call) ?? site.call;
  const input = { site, graph, effects, starts: new Set(startNodes(graph.nodesOf(start))), places: [SECTION], known: NO_KNOWLEDGE };
  return { site, root, effects, input, landings: [], unawaited: false, name: ctx.excerpt(site.call.callee) };
}

/** The resource is a parameter of a callback, which owes from its entry on. */
function callbackObligation(site: AcquireSite, fn: FunctionNode | undefined, parameter: number, error: number | undefined, ctx: Context): Obligation | undefined {
  if (fn === undefined || fn.body === null) return undefined;
  const place = parameterPlace(fn, parameter, [], ctx);
  if (place === undefined) return undefined;
  const releasers = site.resource.releases.flatMap((release) => {
    const found = release.parameter === undefined ? undefined : parameterPlace(fn, release.parameter, [], ctx);
    return found ? [found] : [];
  });
  const effects = collectEffects(fn, { places: [place], flights: [], path: [], releasers }, site, ctx);
  const failed = error === undefined ? undefined : parameterPlace(fn, error, [], ctx);
  // Without an error there is a resource, and the other way round.
  const known = new Map<string, Known>(failed ? [[failed.key, 'N']] : []);
  const input = { site, graph: ctx.graphOf(fn), effects, starts: new Set<FlowNode>(), places: [place.key], known };
  return { site, root: fn, effects, input, landings: [], unawaited: false, name: nameOfPlace(place) };
}

function nameOf(landings: readonly Landing[], ctx: Context): string | undefined {
  for (const landing of landings) {
    if (landing.to === 'variable') return [landing.id.name, ...landing.path].join('.');
    if (landing.to === 'property') return ctx.excerpt(landing.target);
  }
  return undefined;
}

/** The name of what a chain ends in: `const pool = createPool().promise()`. */
function nameAtEnd(landings: readonly Landing[], { effects }: Effects): string | undefined {
  if (!landings.every(({ to }) => to === 'method')) return undefined;
  const named = effects.find((effect) => effect.kind === 'alias' && effect.from === IN_FLIGHT);
  return named?.to && nameOfPlace(named.to);
}

function nameOfPlace(place: Place): string | undefined {
  return place.variable === 'this' ? ['this', ...place.path].join('.') : [place.variable.name, ...place.path].join('.');
}

/** The `await` whose operand the call is (with what only changes its type, or handles its rejection, in between). */
function awaitAround(call: TSESTree.Node): TSESTree.AwaitExpression | undefined {
  const outer = wrapped(call);
  const { parent } = outer;
  if (parent?.type === T.AwaitExpression) return parent;
  if (parent?.type !== T.MemberExpression || parent.object !== outer || parent.property.type !== T.Identifier) return undefined;
  if (parent.property.name !== 'catch' && parent.property.name !== 'finally') return undefined;
  return parent.parent.type === T.CallExpression && parent.parent.callee === parent ? awaitAround(parent.parent) : undefined;
}

/** `await acquire().promise`: the awaited member, where the resource comes by a promise in what the call gives at once. */
function awaitedMember(call: TSESTree.Node, path: readonly string[]): TSESTree.AwaitExpression | undefined {
  const outer = wrapped(call);
  const [name, ...rest] = path;
  const { parent } = outer;
  if (name === undefined || rest.length > 0 || parent?.type !== T.MemberExpression || parent.object !== outer || staticName(parent) !== name) return undefined;
  const awaiting = wrapped(parent).parent;
  return awaiting?.type === T.AwaitExpression ? awaiting : undefined;
}

/** `acquire().then((x) => ...)`: the function that gets the resource. */
function thenCallback(call: TSESTree.Node, ctx: Context): FunctionNode | undefined {
  const [landing] = landingsOf(call);
  if (landing?.to !== 'method' || landing.name !== 'then') return undefined;
  const [handler] = landing.call.arguments;
  return handler === undefined ? undefined : ctx.bindings.functionOf(handler);
}

/** `const promise = acquire(); ... await promise`: where the resource comes out of its promise. */
function awaitedLater(call: TSESTree.Node, ctx: Context): TSESTree.AwaitExpression[] {
  const root = rootOf(call);
  return landingsOf(call).flatMap((landing) => {
    const variable = landing.to === 'variable' && landing.path.length === 0 ? ctx.bindings.variableOf(landing.id) : undefined;
    if (variable === undefined) return [];
    return mentionsOf(placeOfVariable(variable, [], ctx.bindings), root).flatMap((mention) => {
      const { parent } = wrapped(mention.node);
      return !mention.write && parent?.type === T.AwaitExpression && rootOf(parent) === root ? [parent] : [];
    });
  });
}

function lastFunction(site: AcquireSite, ctx: Context): FunctionNode | undefined {
  const last = site.call.arguments.at(-1);
  if (last === undefined) return undefined;
  return isFunction(last) ? last : ctx.bindings.functionOf(last);
}
