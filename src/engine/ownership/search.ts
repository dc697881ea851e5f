import type { TSESTree } from '@typescript-eslint/types';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { nodesReaching } from '../flow/before';
import type { FlowEdge, FlowGraph, FlowNode } from '../flow/graph';
import type { FunctionNode } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { Effects } from './collect';
import { collectEffects } from './collect';
import type { Context } from './context';
import { Conditions, keyOfKnown } from './conditions';
import type { Known } from './guards';
import type { Performance } from './performance';
import { performanceOf } from './performance';
import type { Place } from './place';
import { IN_FLIGHT } from './place';
import type { AcquireSite } from './site';
import type { FollowedThrows } from './throwing';
import { Throwing } from './throwing';
import { isWalkedOut } from './walks';

/** Which edges and uses a search takes part in. From the first to the last it assumes more. */
export interface SearchMode {
  /** Throw edges that are followed while the resource is held. */
  readonly throws: FollowedThrows;
  /** What a callee that nobody knows does with the resource; `lends`: it gives it back if it looks like it, and takes it if not. */
  readonly unknown: 'takes' | 'lends' | 'borrows';
}

/** One step of a path: a node, and the edge that was taken out of it (absent at the end). */
export interface PathStep {
  readonly node: FlowNode;
  readonly edge?: FlowEdge;
}

/** A path on which the obligation is lost. */
export interface Leak {
  /** `end`: the function ends normally; `throw`: an error leaves it; `lost`: the last place that held the resource is overwritten or begins anew. */
  readonly how: 'end' | 'throw' | 'lost';
  /** From the acquire on. */
  readonly path: readonly PathStep[];
}

export interface SearchInput {
  readonly site: AcquireSite;
  readonly graph: FlowGraph;
  readonly effects: Effects;
  /** The nodes after whose normal completion the resource is held; empty: it is held from the entry on. */
  readonly starts: ReadonlySet<FlowNode>;
  /** The places that hold it then. */
  readonly places: readonly string[];
  readonly known: ReadonlyMap<string, Known>;
}

interface State {
  readonly node: FlowNode;
  /** Empty: not acquired yet. */
  readonly held: readonly string[];
  readonly known: ReadonlyMap<string, Known>;
  readonly from: State | undefined;
  readonly edge: FlowEdge | undefined;
}

/** States per obligation and search; past it the search gives up and finds nothing. */
const STATE_BUDGET = 20_000;

/**
 * Looks for a shortest path from the acquire to a place where the obligation is lost, that meets no release and no transfer. Paths
 * must agree with themselves: a condition that was answered stays answered until its subject is written.
 */
function findLeak(input: SearchInput, mode: SearchMode, ctx: Context): Leak | undefined {
  return searchLeak(input, mode, ctx).leak;
}

/** As `findLeak`, and says whether all states were seen: a search past its budget gives up. */
export function searchLeak(input: SearchInput, mode: SearchMode, ctx: Context): { readonly leak?: Leak; readonly complete: boolean } {
  return new Search(input, mode, ctx).run();
}

/** A function that is given a resource releases (or hands on) it on each of its normal paths. */
export function releasesOnEveryPath(effects: Effects, place: Place, site: AcquireSite, ctx: Context): boolean {
  const graph = ctx.graphOf(effects.root);
  if (graph.truncated) return false;
  const input: SearchInput = { site, graph, effects, starts: new Set(), places: [place.key], known: new Map() };
  return findLeak(input, { throws: 'none', unknown: 'takes' }, ctx) === undefined;
}

class Search {
  private readonly performance: Performance;
  private readonly throwing: Throwing;
  private readonly conditions: Conditions;
  private readonly seen = new Set<string>();
  private readonly queue: State[] = [];
  /** Nodes from which an acquire can still be reached: before it, others are no part of any path that matters. */
  private readonly ahead: ReadonlySet<FlowNode>;

  constructor(
    private readonly input: SearchInput,
    private readonly mode: SearchMode,
    private readonly ctx: Context,
  ) {
    this.performance = performanceOf(input.graph, input.effects);
    this.throwing = new Throwing(mode.throws, input.site, input.effects.places, ctx);
    this.conditions = new Conditions(input.graph, input.site, ctx);
    this.ahead = nodesReaching(input.starts, input.graph);
  }

  run(): { readonly leak?: Leak; readonly complete: boolean } {
    const { starts, places, graph, known } = this.input;
    this.visit({ node: graph.entry, held: starts.size === 0 ? places : [], known, from: undefined, edge: undefined });
    for (let head = 0; head < this.queue.length && head < STATE_BUDGET; head++) {
      const state = this.queue[head];
      const leak = state && this.step(state);
      if (leak) return { leak, complete: true };
    }
    return { complete: this.queue.length <= STATE_BUDGET };
  }

  private visit(state: State): void {
    const key = `${String(state.node.id)}|${state.held.join(',')}|${keyOfKnown(state.known)}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.queue.push(state);
  }

  private step(state: State): Leak | undefined {
    const { node } = state;
    const { graph, starts, places } = this.input;
    const acquired = state.held.length > 0;
    if (acquired) {
      if (node === graph.exit) return this.leak('end', state);
      if (node === graph.raise) return this.leak('throw', state);
    }
    const after = acquired ? this.apply(state) : { held: state.held };
    if (after === 'met') return undefined;
    if (after === 'rejected') return this.leak('throw', { ...state, node: graph.raise, from: state, edge: { kind: 'throw', to: graph.raise } });
    if ('how' in after) return { ...after, path: [...this.leak('end', state).path, ...after.path] };
    if (acquired && after.held.length === 0) return this.leak('lost', state);
    const known = this.conditions.remember(node, state.known);
    for (const edge of node.out) {
      if (acquired && (!this.follows(node, edge) || isWalkedOut(node, edge, this.input.site, state.held, this.ctx))) continue;
      if (edge.kind === 'next' && this.neverReturns(node)) continue;
      const begins = !acquired && starts.has(node) && edge.kind !== 'throw';
      const held = begins ? places : after.held;
      const learned = this.conditions.answerAt(node, edge, held, known);
      if (learned === 'contradicts' || (held.length === 0 && !this.ahead.has(edge.to))) continue;
      this.visit({ node: edge.to, held, known: learned, from: state, edge });
    }
    return undefined;
  }

  /** What the node does to the places that hold the resource. */
  private apply(state: State): { held: readonly string[] } | Leak | 'met' | 'rejected' {
    const effects = this.performance.effectsAt.get(state.node);
    if (effects === undefined && this.conditions.writesAt(state.node).length === 0) return state;
    const held = new Set(state.held);
    const gained = new Set<string>();
    for (const effect of effects ?? []) {
      if (effect.from !== '*' && !state.held.includes(effect.from)) continue;
      switch (effect.kind) {
        case 'transfer': {
          const lost = effect.inside && this.mode.throws === 'none' ? this.insideOf(effect.inside, state.held) : undefined;
          if (lost) return lost;
          return 'met';
        }
        case 'fulfilled':
          return this.throwing.rejects(state.node) ? 'rejected' : 'met';
        case 'release':
        case 'wrong':
          return 'met';
        case 'unknown':
          if (!this.performance.beforeRelease.has(state.node) && (this.mode.unknown === 'takes' || (this.mode.unknown === 'lends' && !effect.lent))) return 'met';
          break;
        case 'alias':
          if (effect.to) gained.add(effect.to.key);
          held.delete(IN_FLIGHT);
          break;
        case 'lend':
          break;
      }
    }
    return { held: this.conditions.heldAfter(state.node, held, gained) };
  }

  /** A callback that is to release runs once, later: whether it does on each of its own normal paths. */
  private insideOf(callback: FunctionNode, held: readonly string[]): Leak | undefined {
    const places = this.input.effects.places.filter((place) => held.includes(place.key));
    const effects = collectEffects(callback, { places, flights: [], path: [], releasers: this.input.effects.releasers }, this.input.site, this.ctx);
    const graph = this.ctx.graphOf(callback);
    if (graph.truncated) return undefined;
    const leak = findLeak({ site: this.input.site, graph, effects, starts: new Set(), places: held, known: new Map() }, this.mode, this.ctx);
    return leak && leak.path.every((step) => step.node.kind !== 'test' || this.asksOwn(step.node.ast, callback)) ? leak : undefined;
  }

  /** The condition is about the callback's own parameters and variables: flags of the function around it may mean anything. */
  private asksOwn(test: TSESTree.Node, callback: FunctionNode): boolean {
    let own = true;
    walk(test, (node) => {
      const variable = node.type === T.Identifier ? this.ctx.bindings.variableOf(node) : undefined;
      if (variable !== undefined && variable.scope.variableScope.block !== callback) own = false;
    });
    return own;
  }

  private follows(node: FlowNode, edge: FlowEdge): boolean {
    if (edge.kind === 'return') return this.mode.throws !== 'none';
    return edge.kind === 'throw' ? this.throwing.counts(node) : !this.throwing.outlastsHeld(node) && !this.throwing.isOver(node, edge.kind);
  }

  private neverReturns(node: FlowNode): boolean {
    return node.kind === 'call' && this.ctx.neverReturns(node.ast);
  }

  private leak(how: Leak['how'], last: State): Leak {
    const path: PathStep[] = [{ node: last.node }];
    for (let state: State = last; state.from !== undefined && state.edge !== undefined && state.held.length > 0; state = state.from) {
      path.unshift({ node: state.from.node, edge: state.edge });
    }
    return { how, path };
  }
}
