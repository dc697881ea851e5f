import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowRoot } from '../flow/graph';
import { enclosingClass, isFunction, rootOf, thisOwner } from '../syntax/nodes';
import { isLocalTo } from '../syntax/bindings';
import { walk } from '../syntax/visit';
import { Closures } from './closures';
import type { Context } from './context';
import type { Effect } from './effect';
import { elementReleases, fateOfElements, listTakenBy } from './elements';
import type { Landing } from './landing';
import { looksLent } from './lending';
import { landingsOf } from './landing';
import type { Mention, Place } from './place';
import { IN_FLIGHT, mentionsOf, placeOf, placeOfVariable } from './place';
import { argumentRelease, indirectRelease, isReleaseName, methodRelease, sameText, receiverOf } from './releases';
import type { Release } from '../resources/model';
import type { AcquireSite } from './site';
import { FLUENT_METHODS, PROMISE_PASSING } from './sinks';
import type { PathFate } from './pathMembers';
import { fatesOfLongerPath, fatesOfPath, pathMemberOf } from './pathMembers';
import { isPull } from './pulls';
import { parameterPlace } from './summary';
import { effectsOfWhatLeadsBack, takenByPattern } from './taken';
import { isHandedIn, ownFunction, treatArgument, treatReceiver } from './treatment';

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

  constructor(
    private readonly root: FlowRoot,
    private readonly site: AcquireSite,
    private readonly ctx: Context,
  ) {
    this.closures = new Closures(root, ctx);
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
      for (const effect of list === undefined ? this.effectsOf(landing, source, owner) : [{ kind: 'transfer', how: 'taken apart', at: list, from: source } satisfies Effect]) {
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

  private effectsOf(landing: Landing, from: string, owner: FlowRoot): Effect[] {
    const { site, ctx } = this;
    switch (landing.to) {
      case 'variable': {
        if (landing.using) return [{ kind: 'transfer', how: 'scoped', at: landing.at, from }];
        const variable = ctx.bindings.variableOf(landing.id);
        if (variable === undefined) return [{ kind: 'transfer', how: 'stored', at: landing.at, from }];
        if (!isLocalTo(variable, landing.id)) return [{ kind: 'transfer', how: 'stored', at: landing.at, from }];
        return this.alias(placeOfVariable(variable, landing.path, ctx.bindings), landing.at, from);
      }
      case 'property': {
        // The environment is told a path, and owns nothing.
        if (site.resource.value === 'path' && ctx.textOf(landing.target.object) === 'process.env') return [];
        const place = placeOf(landing.target, ctx.bindings);
        if (place !== undefined && this.keepsLocally(place, owner, landing.at)) return this.alias({ ...place, key: [place.key, ...landing.path].join('.'), path: [...place.path, ...landing.path] }, landing.at, from);
        return [{ kind: 'transfer', how: 'stored', at: landing.at, from }];
      }
      case 'method': {
        const release = methodRelease(landing.name, landing.call, site);
        if (release) return [{ kind: 'release', at: landing.call, from, call: landing.call, release }];
        for (const each of elementReleases(landing.name, site)) {
          const fate = fateOfElements(landing.call, each, ctx);
          if (fate === 'released') return [{ kind: 'release', at: landing.call, from, call: landing.call, release: each }];
          if (fate === 'unknown') return [{ kind: 'transfer', how: 'taken apart', at: landing.call, from }];
        }
        if (site.resource.wrong?.some((wrong) => wrong.method === landing.name)) return [{ kind: 'wrong', at: landing.call, from, call: landing.call }];
        // A pump in a closure reads to the end, and lets go there.
        if (owner !== this.root && site.resource.drained?.method === landing.name && !this.isPulled(landing.call)) return [{ kind: 'transfer', how: 'settled', at: landing.call, from }];
        if (site.resource.settles?.includes(landing.name)) return [{ kind: 'transfer', how: 'settled', at: landing.call, from }];
        const back = effectsOfWhatLeadsBack(landing.call, landing.name, from, site, ctx);
        if (back.length > 0) return back;
        const treated = treatReceiver(landing.call, ctx);
        if (treated === 'transfer') return [{ kind: 'transfer', how: 'passed', at: landing.call, from }];
        return treated === 'release' ? [{ kind: 'release', at: landing.call, from, call: landing.call }] : [];
      }
      case 'member': {
        if (landing.name === undefined) return [];
        if (isReleaseName(landing.name, site)) {
          const unused = landingsOf(landing.member).every((next) => next.to === 'looked-at' || next.to === 'nothing');
          return unused ? [] : [{ kind: 'transfer', how: 'taken apart', at: landing.member, from }];
        }
        if (landing.name === pathMemberOf(site)) return effectsOfPath(fatesOfPath(landing.member, landing.name, site, ctx), from);
        return effectsOfWhatLeadsBack(landing.member, landing.name, from, site, ctx);
      }
      case 'called': {
        const release = site.resource.releases.find((one) => one.call);
        return release ? [{ kind: 'release', at: landing.call, from, call: landing.call, release }] : [];
      }
      case 'argument':
        return this.passed(landing, from, owner);
      case 'return':
        return [{ kind: 'transfer', how: 'returned', at: landing.at, from }];
      case 'yield':
        return [{ kind: 'lend', at: landing.at, from }];
      case 'iterate':
        return site.resource.iterated === 'releases' ? [{ kind: 'transfer', how: 'settled', at: landing.at, from }] : [];
      case 'pattern':
        return this.taken(landing, from);
      case 'kept':
        return [{ kind: 'transfer', how: 'stored', at: landing.at, from }];
      case 'looked-at':
      case 'nothing':
        return [];
    }
  }

  /** Whoever consumes what this function makes decides how far it is read. */
  private isPulled(call: TSESTree.Node): boolean {
    const closure = this.closures.around(call);
    return closure !== undefined && isPull(closure);
  }

  private taken(landing: Extract<Landing, { to: 'pattern' }>, from: string): Effect[] {
    const taken = takenByPattern(landing, from, this.site, this.closures, this.ctx);
    for (const place of taken?.places ?? []) this.places.set(place.key, place);
    return taken === undefined ? [{ kind: 'transfer', how: 'taken apart', at: landing.at, from }] : [...taken.effects];
  }

  private passed(landing: Extract<Landing, { to: 'argument' }>, from: string, owner: FlowRoot): Effect[] {
    const { site, ctx } = this;
    const { call, index, path } = landing;
    if (index < 0 || landing.spread) return [{ kind: 'unknown', at: call, from, call }];
    const release = path.length === 0 ? argumentRelease(call, index, undefined, site, ctx) : undefined;
    if (release) return [{ kind: 'release', at: call, from, call, release }];
    const told = treatArgument(call, index, path, site, ctx);
    // An object that keeps a path among other things may have been made to carry it to whoever removes it.
    const treated = told === 'borrow' && site.resource.value === 'path' && path.length > 0 && from.includes('.') ? 'unknown' : told;
    switch (treated) {
      case 'borrow':
        // `join(await mkdtemp(...), 'x')`: what is removed later by that name stands for the directory.
        if (site.resource.value === 'path' && from === IN_FLIGHT) this.follow(call, [], from, owner);
        return site.resource.value === 'path' && path.length === 0 ? effectsOfPath(fatesOfLongerPath(call, site, ctx), from) : [];
      case 'alias':
        this.follow(call, [], from, owner);
        return [];
      case 'transfer':
        return [{ kind: 'transfer', how: 'passed', at: call, from }];
      case 'unknown':
        // Whatever is made around it stands for it: `return new Transaction(client)`.
        if (call.type === T.NewExpression && path.length === 0) this.follow(call, [], from, owner);
        return [{ kind: 'unknown', at: call, from, call, lent: path.length === 0 && site.resource.value !== 'function' && ownFunction(call, ctx) === undefined && looksLent(call, isHandedIn(call, ctx), ctx) }];
      case 'release':
        return [{ kind: 'release', at: call, from, call }];
    }
  }

  private alias(place: Place, at: TSESTree.Node, from: string): Effect[] {
    this.reach(place);
    return [{ kind: 'alias', at, from, to: place }];
  }

  /** A member of a local object literal, or a field that this function itself releases, is a place like a variable. */
  private keepsLocally(place: Place, owner: FlowRoot, at: TSESTree.Node): boolean {
    if (place.variable === 'this') return owner === this.root && this.releasesField(place, at);
    if (place.variable.scope.variableScope.block !== owner) return false;
    const value = this.ctx.bindings.onlyValueOf(place.variable);
    return value?.type === T.ObjectExpression;
  }

  /** A field that only this function releases, later on, is no more than a variable; one that another method releases is the object's. */
  private releasesField(place: Place, at: TSESTree.Node): boolean {
    const releasing = (mention: Mention): boolean => !mention.write && mention.rest.length === 0 && this.isReleased(mention.node);
    if (!mentionsOf(place, this.root).some((mention) => rootOf(mention.node) === this.root && mention.node.range[0] >= at.range[1] && releasing(mention))) return false;
    const owner = thisOwner(at);
    const cls = enclosingClass(owner);
    const others = cls?.body.body.flatMap((member) => (member.type === T.MethodDefinition && isFunction(member.value) && member.value !== owner ? [member.value] : [])) ?? [];
    return !others.some((method) => mentionsOf(place, method).some(releasing));
  }

  private isReleased(mention: TSESTree.Node): boolean {
    return landingsOf(mention).some((landing) => {
      if (landing.to === 'method') return methodRelease(landing.name, landing.call, this.site) !== undefined;
      return landing.to === 'argument' && landing.path.length === 0 && argumentRelease(landing.call, landing.index, undefined, this.site, this.ctx) !== undefined;
    });
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

/** What is done with the path in a member of the resource is done to the resource. */
function effectsOfPath(fates: readonly PathFate[], from: string): Effect[] {
  return fates.map((fate) => {
    if (fate.kind === 'released') return { kind: 'release', at: fate.call, from, call: fate.call, ...(fate.release ? { release: fate.release } : {}) };
    return { kind: 'transfer', how: fate.kind, at: fate.at, from };
  });
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
