import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowRoot } from '../flow/graph';
import type { Release } from '../resources/model';
import { receiverOf, rootOf } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { Closures } from './closures';
import type { Context } from './context';
import type { Effect } from './effect';
import { listTakenBy } from './elements';
import { landingsOf } from './landing';
import type { Outcome } from './landingEffects';
import { LandingEffects } from './landingEffects';
import type { Place } from './place';
import { IN_FLIGHT, mentionsOf, placeOfVariable } from './place';
import { indirectRelease, methodRelease, sameText } from './releases';
import type { AcquireSite } from './site';
import { FLUENT_METHODS, PROMISE_PASSING } from './sinks';
import { parameterPlace } from './summary';
import { ownFunction } from './treatment';

/** All that one function does to one obligation, by place. */
export interface Effects {
  readonly root: FlowRoot;
  readonly effects: readonly Effect[];
  /** Every place that may hold the resource in this function. */
  readonly places: readonly Place[];
  /** Variables that hold a function that releases it. */
  readonly releasers: readonly Place[];
}

/** What holds the resource to begin with. */
export interface Start {
  readonly places: readonly Place[];
  /** Expressions whose value it is, or (at `path`) contains. */
  readonly flights: readonly TSESTree.Node[];
  readonly path: readonly string[];
  /** Variables that hold a function that releases it. */
  readonly releasers?: readonly Place[];
}

/**
 * Finds what a function does to a resource that some places of it hold: follows every mention of the places to where the value goes,
 * and the aliases on from there. A mention inside of a nested function counts where that function goes (see Closures).
 */
export function collectEffects(root: FlowRoot, start: Start, site: AcquireSite, ctx: Context): Effects {
  return new Collector(root, site, ctx).run(start);
}

class Collector {
  private readonly effects: Effect[] = [];
  private readonly places = new Map<string, Place>();
  private readonly pending: Place[] = [];
  private readonly closures: Closures;
  private readonly landings: LandingEffects;

  constructor(
    private readonly root: FlowRoot,
    private readonly site: AcquireSite,
    private readonly ctx: Context,
  ) {
    this.closures = new Closures(root, ctx);
    this.landings = new LandingEffects(this.closures, site, ctx);
  }

  run(start: Start): Effects {
    for (const place of start.releasers ?? []) if (place.variable !== 'this') this.effects.push(...this.closures.carry(place.variable, 'release'));
    for (const flight of start.flights) this.follow(flight, start.path, IN_FLIGHT, this.root);
    start.places.forEach((place) => this.reach(place));
    for (let place = this.pending.pop(); place !== undefined; place = this.pending.pop()) this.followMentions(place);
    this.addIndirectReleases();
    this.effects.push(...this.closures.effects());
    for (const effect of this.effects) if (effect.kind === 'release' && effect.call) this.ctx.releasingCalls.add(effect.call);
    // A generator that releases lends what it yields; one that does not gives it away.
    const lends = this.effects.some((effect) => effect.kind === 'release');
    const effects = lends ? this.effects : this.effects.map((effect): Effect => (effect.kind === 'lend' ? { ...effect, kind: 'transfer', how: 'passed' } : effect));
    return { root: this.root, effects, places: [...this.places.values()], releasers: [...(start.releasers ?? []), ...this.closures.releasers().map((variable) => placeOfVariable(variable, [], this.ctx.bindings))] };
  }

  private reach(place: Place): void {
    if (this.places.has(place.key)) return;
    this.places.set(place.key, place);
    this.pending.push(place);
  }

  private followMentions(place: Place): void {
    for (const mention of mentionsOf(place, this.root)) {
      if (mention.write) continue;
      const owner = rootOf(mention.node);
      if (owner === this.root || this.closures.around(mention.node) !== undefined) this.follow(mention.node, mention.rest, place.key, owner);
    }
  }

  /** Follows the value of an expression that stands for the resource (or holds it at `path`). */
  private follow(node: TSESTree.Node, path: readonly string[], from: string, owner: FlowRoot): void {
    let source = from;
    for (const landing of landingsOf(node, path, (name, call) => this.passesOn(name, call))) {
      const list = listTakenBy(landing, path);
      const outcome: Outcome = list === undefined ? this.landings.outcomeOf(landing, source, owner) : { effects: [{ kind: 'transfer', how: 'taken apart', at: list, from: source }] };
      if (outcome.standIn) this.follow(outcome.standIn, [], source, owner);
      for (const effect of outcome.effects) {
        // What a pattern takes out is not the resource itself, and has been followed.
        if (effect.to && landing.to === 'pattern') this.places.set(effect.to.key, effect.to);
        else if (effect.to) this.reach(effect.to);
        // `outer = inner = acquire()`: by the time of the outer assignment the inner name has it.
        if (effect.to && from === IN_FLIGHT) source = effect.to.key;
        const closure = owner === this.root ? undefined : this.closures.around(effect.at);
        if (closure) this.closures.note(closure, effect);
        else this.effects.push(effect);
      }
    }
  }

  private passesOn(name: string, call: TSESTree.CallExpression): boolean {
    if (methodRelease(name, call, this.site) !== undefined || this.site.resource.settles?.includes(name)) return false;
    if (PROMISE_PASSING.has(name)) return this.site.async;
    return FLUENT_METHODS.has(name) || (this.site.resource.fluent?.includes(name) ?? false);
  }

  private addIndirectReleases(): void {
    const { site, ctx } = this;
    if (site.holder.in !== 'argument' && site.holder.in !== 'nothing' && !site.resource.releases.some((release) => release.on === 'receiver' || release.key !== undefined)) return;
    walk(this.root, (node) => {
      if (node.type !== T.CallExpression) return;
      const release = indirectRelease(node, site, ctx) ?? releaseByHelper(node, site, ctx);
      if (release === undefined) return;
      const effect: Effect = { kind: 'release', at: node, from: '*', call: node, release };
      const closure = rootOf(node) === this.root ? undefined : this.closures.around(node);
      if (closure) this.closures.note(closure, effect);
      else this.effects.push(effect);
    });
  }
}

/** A function of this file that is given the acquire's receiver, and releases on it: `unlock(mutex)` for `mutex.release()`. */
function releaseByHelper(call: TSESTree.CallExpression, site: AcquireSite, ctx: Context): Release | undefined {
  const index = call.arguments.findIndex((argument) => sameText(argument, receiverOf(site.call), ctx));
  const helper = index < 0 ? undefined : ownFunction(call, ctx);
  const place = helper && parameterPlace(helper, index, [], ctx);
  if (helper === undefined || place === undefined) return undefined;
  for (const mention of mentionsOf(place, helper)) {
    for (const landing of landingsOf(mention.node)) {
      const release = landing.to === 'method' ? site.resource.releases.find((one) => one.on === 'receiver' && one.method === landing.name) : undefined;
      if (release) return release;
    }
  }
  return undefined;
}
