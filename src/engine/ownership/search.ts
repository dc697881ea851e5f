import type { TSESTree } from '@typescript-eslint/types';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { gradeThrow } from '../flow/grade';
import { gradePromise } from '../flow/grade-promise';
import type { FlowEdge, FlowGraph, FlowNode } from '../flow/graph';
import { staticName, unwrap } from '../syntax/nodes';
import type { FunctionNode } from '../syntax/nodes';
import type { Effects } from './collect';
import { collectEffects } from './collect';
import type { Context } from './context';
import type { Effect } from './effect';
import type { Known } from './guards';
import { answer, learnt } from './guards';
import type { Place } from './place';
import { isNothing } from '../syntax/origin';
import { walk } from '../syntax/visit';
import { A_DESCRIPTOR, EQUALITIES, compare, numberOf } from './comparison';
import { isHarmless } from './harmless';
import { IN_FLIGHT, placeOf } from './place';
import { whileHeld } from './resourceState';
import type { AcquireSite } from './site';

/** Which edges and uses a search takes part in. From the first to the last it assumes more. */
export interface SearchMode {
  /** Throw edges that are followed while the resource is held. */
  readonly throws: 'none' | 'likely' | 'all';
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
  /** The place that held the resource last. */
  readonly place: string;
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
export function findLeak(input: SearchInput, mode: SearchMode, ctx: Context): Leak | undefined {
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
  private readonly effectsAt: ReadonlyMap<FlowNode, readonly Effect[]>;
  private readonly understood: ReadonlySet<FlowNode>;
  private readonly seen = new Set<string>();
  private readonly queue: State[] = [];

  constructor(
    private readonly input: SearchInput,
    private readonly mode: SearchMode,
    private readonly ctx: Context,
  ) {
    this.effectsAt = placeEffects(input.graph, input.effects);
    this.understood = nodesBeforeRelease(input.graph, this.effectsAt);
  }

  run(): Leak | undefined {
    const { starts, places, graph, known } = this.input;
    this.visit({ node: graph.entry, held: starts.size === 0 ? places : [], known, from: undefined, edge: undefined });
    for (let head = 0; head < this.queue.length && head < STATE_BUDGET; head++) {
      const state = this.queue[head];
      const leak = state && this.step(state);
      if (leak) return leak;
    }
    return undefined;
  }

  private visit(state: State): void {
    const key = `${String(state.node.id)}|${state.held.join(',')}|${[...state.known].map(([subject, known]) => subject + known).sort().join(',')}`;
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
    const known = this.remember(state);
    for (const edge of node.out) {
      if (acquired && !this.follows(node, edge)) continue;
      if (edge.kind === 'next' && this.neverReturns(node)) continue;
      const begins = !acquired && starts.has(node) && edge.kind !== 'throw';
      const held = begins ? places : after.held;
      const learned = this.answerAt(node, edge, held, known);
      if (learned !== 'contradicts') this.visit({ node: edge.to, held, known: learned, from: state, edge });
    }
    return undefined;
  }

  /** What the node does to the places that hold the resource. */
  private apply(state: State): { held: readonly string[] } | Leak | 'met' | 'rejected' {
    const held = new Set(state.held);
    const gained = new Set<string>();
    for (const effect of this.effectsAt.get(state.node) ?? []) {
      if (effect.from !== '*' && !state.held.includes(effect.from)) continue;
      switch (effect.kind) {
        case 'transfer': {
          const lost = effect.inside && this.mode.throws === 'none' ? this.insideOf(effect.inside, state.held) : undefined;
          if (lost) return lost;
          return 'met';
        }
        case 'fulfilled':
          return this.mode.throws !== 'none' && this.mayReject(state.node) ? 'rejected' : 'met';
        case 'release':
        case 'wrong':
          return 'met';
        case 'unknown':
          if (!this.understood.has(state.node) && (this.mode.unknown === 'takes' || (this.mode.unknown === 'lends' && !effect.lent))) return 'met';
          break;
        case 'alias':
          if (effect.to) gained.add(effect.to.key);
          held.delete(IN_FLIGHT);
          break;
        case 'lend':
          break;
      }
    }
    for (const write of this.ctx.guardsOf(this.input.graph).writesAt(state.node)) {
      for (const place of held) if (!gained.has(place) && (place === write.subject || place.startsWith(`${write.subject}.`))) held.delete(place);
    }
    for (const place of gained) held.add(place);
    return { held: [...held].sort() };
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

  /** The promise whose `then` is called may reject. */
  private mayReject(node: FlowNode): boolean {
    const { ast } = node;
    if (ast.type !== T.CallExpression || ast.callee.type !== T.MemberExpression) return false;
    return gradePromise(ast.callee.object, this.ctx.throwKnowledge) === 'likely';
  }

  private follows(node: FlowNode, edge: FlowEdge): boolean {
    if (edge.kind === 'return') return this.mode.throws !== 'none';
    if (edge.kind !== 'throw') return true;
    if (this.mode.throws === 'none') return false;
    if (isHarmless(node, this.input.site, this.ctx)) return false;
    const grade = gradeThrow(node, this.ctx.throwKnowledge);
    return grade === 'likely' || (grade === 'unlikely' && this.mode.throws === 'all');
  }

  private neverReturns(node: FlowNode): boolean {
    return node.kind === 'call' && this.ctx.neverReturns(node.ast);
  }

  /** What the subjects are known to be after the node's own writes. */
  private remember(state: State): ReadonlyMap<string, Known> {
    const guards = this.ctx.guardsOf(this.input.graph);
    const writes = guards.writesAt(state.node);
    if (writes.length === 0) return state.known;
    const known = new Map(state.known);
    for (const write of writes) {
      for (const subject of known.keys()) if (subject === write.subject || subject.startsWith(`${write.subject}.`) || subject.startsWith(`${write.subject}=`)) known.delete(subject);
      if (!guards.tracks(write.subject)) continue;
      const comes = write.condition && guards.evaluate(write.condition, state.known);
      const value = write.value ?? (comes === undefined ? undefined : comes ? 'T' : 'F');
      if (value !== undefined) known.set(write.subject, value);
    }
    return known;
  }

  /** Whether an edge out of a condition agrees with what is known; and what is known then. */
  private answerAt(node: FlowNode, edge: FlowEdge, held: readonly string[], known: ReadonlyMap<string, Known>): ReadonlyMap<string, Known> | 'contradicts' {
    if (node.kind !== 'test' || (edge.kind !== 'true' && edge.kind !== 'false')) return known;
    const taken = edge.kind === 'true';
    if (taken && this.isDrained(node)) return 'contradicts';
    const state = this.stateTest(node.ast, held);
    if (state !== undefined && node.asks !== 'nullish') return state === taken ? known : 'contradicts';
    const compared = this.comparedWhileHeld(node.ast, held);
    if (compared !== undefined) return compared === taken ? known : 'contradicts';
    const guards = this.ctx.guardsOf(this.input.graph);
    const question = guards.questionAt(node);
    if (question === undefined) return known;
    const given = taken !== question.reversed;
    const before = held.some((place) => place === question.subject || place.startsWith(`${question.subject}.`)) ? 'T' : known.get(question.subject);
    const decided = answer(question.asks, before);
    if (decided !== undefined) return decided === given ? known : 'contradicts';
    if (!guards.tracks(question.subject)) return known;
    return new Map(known).set(question.subject, learnt(question.asks, given, before));
  }

  /** `if (done) break`: what was read to its end holds nothing any more, so no path goes on from there with an obligation. */
  private isDrained(node: FlowNode): boolean {
    const { drained } = this.input.site.resource;
    return drained !== undefined && node.asks !== 'nullish' && this.ctx.memberName(node.ast) === drained.flag;
  }

  /** `x.closed`, `x.isReleased()`, of a held resource. */
  private stateTest(test: TSESTree.Node, held: readonly string[]): boolean | undefined {
    const expression = unwrap(test);
    const member = expression.type === T.CallExpression && expression.arguments.length === 0 ? unwrap(expression.callee) : expression;
    if (member.type !== T.MemberExpression) return undefined;
    const name = staticName(member);
    const object = placeOf(member.object, this.ctx.bindings);
    return name !== undefined && object !== undefined && held.includes(object.key) ? whileHeld(name) : undefined;
  }

  /** A resource that was just acquired is no older value; a descriptor is no sentinel. */
  private comparedWhileHeld(test: TSESTree.Node, held: readonly string[]): boolean | undefined {
    const expression = unwrap(test);
    if (expression.type !== T.BinaryExpression) return undefined;
    const isHeld = (side: TSESTree.Node): boolean => {
      const place = placeOf(side, this.ctx.bindings);
      return place !== undefined && held.includes(place.key);
    };
    const [left, right] = [isHeld(expression.left), isHeld(expression.right)];
    if (left === right) return undefined;
    const other = unwrap(left ? expression.right : expression.left);
    const number = numberOf(other);
    if (number !== undefined) return left ? compare(A_DESCRIPTOR, expression.operator, number) : compare(number, expression.operator, A_DESCRIPTOR);
    if (placeOf(other, this.ctx.bindings) === undefined || isNothing(other)) return undefined;
    return compare(1, expression.operator, 2, EQUALITIES);
  }

  private leak(how: Leak['how'], last: State): Leak {
    const path: PathStep[] = [{ node: last.node }];
    for (let state: State = last; state.from !== undefined && state.edge !== undefined && state.held.length > 0; state = state.from) {
      path.unshift({ node: state.from.node, edge: state.edge });
    }
    return { how, path, place: last.held[0] ?? IN_FLIGHT };
  }
}

/** The effects by the flow nodes that perform them. */
function placeEffects(graph: FlowGraph, { effects, root }: Effects): Map<FlowNode, Effect[]> {
  const at = new Map<FlowNode, Effect[]>();
  for (const effect of effects) {
    for (const node of performersOf(effect, graph, root)) {
      const list = at.get(node);
      if (list) list.push(effect);
      else at.set(node, [effect]);
    }
  }
  return at;
}

/** The nodes of an effect's syntax, or of the nearest syntax around it that has any. */
function performersOf(effect: Effect, graph: FlowGraph, root: TSESTree.Node): readonly FlowNode[] {
  for (let at: TSESTree.Node | undefined = effect.at; at !== undefined && at !== root; at = at.parent) {
    const nodes = graph.nodesOf(at);
    if (nodes.length === 0) continue;
    const returns = nodes.filter((node) => node.kind === 'return');
    if (effect.how === 'returned' && returns.length > 0) return returns;
    const others = nodes.filter((node) => node.kind !== 'return' && node.kind !== 'test');
    return others.length > 0 ? others : nodes;
  }
  return [];
}

/** The nodes from which a release can be reached without an error: whoever was given the resource before did not take it. */
function nodesBeforeRelease(graph: FlowGraph, effectsAt: ReadonlyMap<FlowNode, readonly Effect[]>): Set<FlowNode> {
  const before = new Map<FlowNode, FlowNode[]>();
  for (const node of graph.nodes) {
    for (const edge of node.out) {
      if (edge.kind === 'throw' || edge.kind === 'return') continue;
      const list = before.get(edge.to);
      if (list) list.push(node);
      else before.set(edge.to, [node]);
    }
  }
  const reached = new Set<FlowNode>();
  const pending: FlowNode[] = [];
  for (const [node, effects] of effectsAt) if (effects.some((effect) => effect.kind === 'release')) pending.push(...(before.get(node) ?? []));
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    pending.push(...(before.get(node) ?? []));
  }
  return reached;
}
