import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { nodesReaching } from '../flow/before';
import type { FlowEdge, FlowGraph, FlowNode, FlowRoot } from '../flow/graph';
import { gradeThrow } from '../flow/grade';
import { onceReleased, type OnceReleased } from '../resources/onceReleased';
import type { CallNode } from '../syntax/nodes';
import { isFunction, rootOf, unwrap, within } from '../syntax/nodes';
import type { Effects } from './collect';
import { Conditions, keyOfKnown } from './conditions';
import type { Context } from './context';
import type { Known } from './guards';
import { isHarmless } from './harmless';
import { landingsOf } from './landing';
import { performanceOf, type Performance } from './performance';
import { IN_FLIGHT, mentionsOf } from './place';
import { argumentRelease } from './releases';
import type { AcquireSite } from './site';

/** The life of one resource in one function: from where on it is held, and what is done to it. */
export interface Life {
  readonly site: AcquireSite;
  readonly root: FlowRoot;
  readonly graph: FlowGraph;
  readonly effects: Effects;
  /** The nodes after whose normal completion it is held. */
  readonly starts: ReadonlySet<FlowNode>;
  readonly places: readonly string[];
  /** Methods that release beyond the model's: `move` of a stack. */
  readonly alsoReleases?: readonly string[];
}

/** What is done to a resource that is released already. */
export interface Aftermath {
  readonly kind: 'used' | 'released again';
  readonly release: TSESTree.Node;
  readonly call: TSESTree.Node;
  /** Neither stands on every path: the conditions may exclude each other. */
  readonly conditional: boolean;
}

interface State {
  readonly node: FlowNode;
  readonly phase: 'before' | 'held' | 'released';
  readonly release: TSESTree.Node | undefined;
  readonly held: readonly string[];
  readonly known: ReadonlyMap<string, Known>;
}

/** A call that matters once the resource is released. `releases`: beyond what the model calls a release. */
interface Use {
  readonly place: string;
  readonly call: TSESTree.Node;
  readonly kind: 'fails' | 'reopens' | 'releases';
}

/** States per resource; past it nothing is said. */
const STATE_BUDGET = 5_000;

/** Finds the first use, and the first second release, of a resource on a path on which it was released and not acquired anew. */
export function findAftermath(life: Life, ctx: Context): Aftermath[] {
  const once = onceReleased(life.site.resource.id);
  if (once === undefined || life.graph.truncated) return [];
  return new AfterRelease(life, once, ctx).run();
}

class AfterRelease {
  private readonly performance: Performance;
  private readonly conditions: Conditions;
  private readonly seen = new Set<string>();
  private readonly queue: State[] = [];
  /** Whether a node's error counts: many states come to the same node. */
  private readonly thrown = new Map<FlowNode, boolean>();
  /** Nodes from which an acquire can still be reached: before it, others are no part of any path that matters. */
  private readonly ahead: ReadonlySet<FlowNode>;
  private readonly uses: ReadonlyMap<FlowNode, readonly Use[]>;
  private readonly found = new Map<Aftermath['kind'], Aftermath>();

  constructor(
    private readonly life: Life,
    private readonly once: OnceReleased,
    private readonly ctx: Context,
  ) {
    this.performance = performanceOf(life.graph, life.effects);
    this.conditions = new Conditions(life.graph, life.site, ctx);
    this.uses = this.usesByNode();
    this.ahead = nodesReaching(life.starts, life.graph);
  }

  run(): Aftermath[] {
    if (this.life.starts.size === 0) return [];
    this.visit({ node: this.life.graph.entry, phase: 'before', release: undefined, held: [], known: new Map() });
    for (let head = 0; head < this.queue.length; head++) {
      if (head >= STATE_BUDGET) return [];
      const state = this.queue[head];
      if (state) this.step(state);
    }
    return [...this.found.values()];
  }

  /** Calls of methods that matter after a release, by the nodes that perform them. */
  private usesByNode(): Map<FlowNode, Use[]> {
    const { life } = this;
    const uses = new Map<FlowNode, Use[]>();
    const add = (place: string, call: TSESTree.Node, kind: Use['kind']): void => {
      for (const node of life.graph.nodesOf(call)) if (node.kind === 'call') uses.set(node, [...(uses.get(node) ?? []), { place, call, kind }]);
    };
    for (const place of life.effects.places) {
      for (const mention of mentionsOf(place, life.root)) {
        if (mention.write || mention.rest.length > 0 || rootOf(mention.node) !== life.root) continue;
        for (const landing of landingsOf(mention.node)) {
          if (landing.to === 'argument' && this.worksOnNumber(landing.call, landing.index, landing.path)) add(place.key, landing.call, 'fails');
          const kind = landing.to === 'method' ? this.meaningOf(landing.name) : undefined;
          if (landing.to === 'method' && kind && !isExpectedToFail(landing.call, this.ctx)) add(place.key, landing.call, kind);
        }
      }
    }
    return uses;
  }

  private meaningOf(method: string): Use['kind'] | undefined {
    const { life, once } = this;
    if (life.alsoReleases?.includes(method)) return 'releases';
    if (once.fails?.includes(method)) return 'fails';
    return once.reopens?.includes(method) ? 'reopens' : undefined;
  }

  /** A descriptor is used by being given to a function of its library. */
  private worksOnNumber(call: CallNode, index: number, path: readonly string[]): boolean {
    const { site } = this.life;
    if (site.resource.value !== 'number' || index !== 0 || path.length > 0 || isExpectedToFail(call, this.ctx)) return false;
    const members = this.ctx.membersOf(call);
    if (members === 'local' || argumentRelease(call, index, undefined, site, this.ctx)) return false;
    return members.some(({ module }) => site.modules.some((own) => this.ctx.models.sameLibrary(own, module)));
  }

  private visit(state: State): void {
    const key = `${String(state.node.id)}|${state.phase}|${String(state.release?.range[0])}|${state.held.join(',')}|${keyOfKnown(state.known)}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.queue.push(state);
  }

  private step(state: State): void {
    const { node } = state;
    const { life } = this;
    if (state.phase !== 'before' && life.starts.has(node)) return;
    const after = state.phase === 'before' ? state : this.apply(state);
    if (after === undefined) return;
    const known = this.conditions.remember(node, state.known);
    for (const edge of node.out) {
      if (!this.follows(node, edge, state.phase)) continue;
      const begins = state.phase === 'before' && life.starts.has(node) && edge.kind !== 'throw';
      const held = begins ? life.places : after.held;
      const learned = this.conditions.answerAt(node, edge, after.phase === 'held' || begins ? held : [], known);
      if (learned === 'contradicts' || (state.phase === 'before' && !begins && !this.ahead.has(edge.to))) continue;
      // A release that fails is none.
      const failed = edge.kind === 'throw' && state.phase === 'held' && after.phase === 'released';
      this.visit({ ...after, ...(failed ? { phase: 'held', release: undefined } : {}), ...(begins ? { phase: 'held' } : {}), node: edge.to, held, known: learned });
    }
  }

  /** What the node does; undefined when nothing may be said from there on. */
  private apply(state: State): State | undefined {
    const uses = this.uses.get(state.node);
    const effects = this.performance.effectsAt.get(state.node);
    if (uses === undefined && effects === undefined && this.conditions.writesAt(state.node).length === 0) return state.held.length === 0 ? undefined : state;
    const held = new Set(state.held);
    const gained = new Set<string>();
    let { phase, release } = state;
    for (const use of uses ?? []) {
      if (!held.has(use.place)) continue;
      if (use.kind === 'reopens') return undefined;
      if (phase === 'released' && release && use.kind !== 'releases') this.report('used', release, use.call);
      if (phase === 'released' && use.kind === 'fails') return undefined;
      if (phase === 'held' && use.kind === 'releases') [phase, release] = ['released', use.call];
    }
    for (const effect of effects ?? []) {
      if (effect.from !== '*' && !held.has(effect.from)) continue;
      if (effect.kind === 'alias' && effect.to) {
        gained.add(effect.to.key);
        held.delete(IN_FLIGHT);
      } else if (effect.kind === 'release' && !effect.release?.incidental && effect.call !== undefined) {
        if (phase === 'held') [phase, release] = ['released', effect.call];
        else if (release && release !== effect.call) this.report('released again', release, effect.call);
      } else if (effect.kind === 'transfer' && effect.how !== 'scoped' && effect.how !== 'settled') return undefined;
    }
    const after = this.conditions.heldAfter(state.node, held, gained);
    return after.length === 0 ? undefined : { ...state, phase, release, held: after };
  }

  private report(kind: Aftermath['kind'], release: TSESTree.Node, call: TSESTree.Node): void {
    // What stands before its release in the text comes after it by a loop only, which may have seen to that.
    if (call.range[0] < release.range[0] || this.found.has(kind)) return;
    if (kind === 'released again' && this.once.again === undefined) return;
    this.found.set(kind, { kind, release, call, conditional: isConditional(release, call) && isConditional(call, release) });
  }

  private follows(node: FlowNode, edge: FlowEdge, phase: State['phase']): boolean {
    if (edge.kind === 'return') return false;
    if (edge.kind === 'next' && node.kind === 'call' && this.ctx.neverReturns(node.ast)) return false;
    if (edge.kind !== 'throw') return true;
    if (phase === 'before') return false;
    let thrown = this.thrown.get(node);
    if (thrown === undefined) this.thrown.set(node, (thrown = this.mayThrow(node)));
    return thrown;
  }

  private mayThrow(node: FlowNode): boolean {
    return node.kind === 'throw' || (!isHarmless(node, this.life.site, this.ctx) && gradeThrow(node, this.ctx.throwKnowledge) === 'likely');
  }
}

/** The one stands under a condition that the other one does not stand under. */
function isConditional(node: TSESTree.Node, other: TSESTree.Node): boolean {
  for (let at: TSESTree.Node = node; at.parent !== undefined && !isFunction(at.parent); at = at.parent) {
    const { parent } = at;
    if (within(other, parent)) return false;
    const decides = (parent.type === T.IfStatement && at !== parent.test) || parent.type === T.SwitchCase || (parent.type === T.ConditionalExpression && at !== parent.test) || (parent.type === T.LogicalExpression && at === parent.right);
    if (decides) return true;
  }
  return false;
}

/** `expect(handle.read()).rejects`, `assert.throws(() => handle.read())`: the failure is what is asked for. */
function isExpectedToFail(call: TSESTree.Node, ctx: Context): boolean {
  for (let at = call.parent; at !== undefined && !at.type.endsWith('Statement') && at.type !== T.VariableDeclarator; at = at.parent) {
    if (at.type === T.CallExpression && isAssertion(at.callee, ctx)) return true;
  }
  return false;
}

function isAssertion(callee: TSESTree.Node, ctx: Context): boolean {
  const origin = ctx.origins.of(callee);
  if (origin?.kind === 'export' && /^(assert|chai|vitest|@jest|expect|tap|ava|test)\b/.test(origin.module)) return true;
  const node = unwrap(callee);
  const name = node.type === T.MemberExpression ? unwrap(node.object) : node;
  return name.type === T.Identifier && /^(expect|assert|throws|rejects|t)$/.test(name.name);
}
