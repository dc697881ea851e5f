import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowRoot } from '../flow/graph';
import { isLocalTo } from '../syntax/bindings';
import { enclosingClass, isFunction, rootOf, thisOwner } from '../syntax/nodes';
import type { Closures } from './closures';
import type { Context } from './context';
import type { Effect } from './effect';
import { elementReleases, fateOfElements } from './elements';
import type { Landing } from './landing';
import { landingsOf } from './landing';
import { looksLent } from './lending';
import type { PathFate } from './pathMembers';
import { fatesOfLongerPath, fatesOfPath, pathMemberOf } from './pathMembers';
import type { Mention, Place } from './place';
import { IN_FLIGHT, mentionsOf, placeOf, placeOfVariable } from './place';
import { isPull } from './pulls';
import { argumentRelease, isReleaseName, methodRelease } from './releases';
import type { AcquireSite } from './site';
import { effectsOfWhatLeadsBack, takenByPattern } from './taken';
import { isHandedIn, ownFunction, treatArgument, treatReceiver } from './treatment';

/** What it does to an obligation that the resource lands somewhere. */
export interface Outcome {
  readonly effects: readonly Effect[];
  /** A call whose result stands for the resource as well: `new Transaction(client)`. */
  readonly standIn?: TSESTree.Node;
}

/** Says for one obligation, in one function, what each landing of its resource does to it. */
export class LandingEffects {
  constructor(
    private readonly closures: Closures,
    private readonly site: AcquireSite,
    private readonly ctx: Context,
  ) {}

  /** `from` is the place whose value lands, `owner` the function in whose own code it does. */
  outcomeOf(landing: Landing, from: string, owner: FlowRoot): Outcome {
    return landing.to === 'argument' ? this.passed(landing, from) : { effects: this.effectsOf(landing, from, owner) };
  }

  private effectsOf(landing: Exclude<Landing, { to: 'argument' }>, from: string, owner: FlowRoot): Effect[] {
    const { site, ctx } = this;
    switch (landing.to) {
      case 'variable': {
        if (landing.using) return [{ kind: 'transfer', how: 'scoped', at: landing.at, from }];
        const variable = ctx.bindings.variableOf(landing.id);
        if (variable === undefined) return [{ kind: 'transfer', how: 'stored', at: landing.at, from }];
        if (!isLocalTo(variable, landing.id)) return [{ kind: 'transfer', how: 'stored', at: landing.at, from }];
        return [{ kind: 'alias', at: landing.at, from, to: placeOfVariable(variable, landing.path, ctx.bindings) }];
      }
      case 'property': {
        // The environment is told a path, and owns nothing.
        if (site.resource.value === 'path' && ctx.textOf(landing.target.object) === 'process.env') return [];
        const place = placeOf(landing.target, ctx.bindings);
        if (place === undefined || !this.keepsLocally(place, owner, landing.at)) return [{ kind: 'transfer', how: 'stored', at: landing.at, from }];
        return [{ kind: 'alias', at: landing.at, from, to: { ...place, key: [place.key, ...landing.path].join('.'), path: [...place.path, ...landing.path] } }];
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
        if (owner !== this.closures.root && site.resource.drained?.method === landing.name && !this.isPulled(landing.call)) return [{ kind: 'transfer', how: 'settled', at: landing.call, from }];
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
      case 'return':
        return [{ kind: 'transfer', how: 'returned', at: landing.at, from }];
      case 'yield':
        return [{ kind: 'lend', at: landing.at, from }];
      case 'iterate':
        return site.resource.iterated === 'releases' ? [{ kind: 'transfer', how: 'settled', at: landing.at, from }] : [];
      case 'pattern':
        return takenByPattern(landing, from, site, this.closures, ctx) ?? [{ kind: 'transfer', how: 'taken apart', at: landing.at, from }];
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

  private passed({ call, index, path, spread }: Extract<Landing, { to: 'argument' }>, from: string): Outcome {
    const { site, ctx } = this;
    if (index < 0 || spread) return { effects: [{ kind: 'unknown', at: call, from, call }] };
    const release = path.length === 0 ? argumentRelease(call, index, undefined, site, ctx) : undefined;
    if (release) return { effects: [{ kind: 'release', at: call, from, call, release }] };
    const isPath = site.resource.value === 'path';
    const told = treatArgument(call, index, path, site, ctx);
    // An object that keeps a path among other things may have been made to carry it to whoever removes it.
    const treated = told === 'borrow' && isPath && path.length > 0 && from.includes('.') ? 'unknown' : told;
    switch (treated) {
      case 'borrow': {
        const effects = isPath && path.length === 0 ? effectsOfPath(fatesOfLongerPath(call, site, ctx), from) : [];
        // `join(await mkdtemp(...), 'x')`: what is removed later by that name stands for the directory.
        return isPath && from === IN_FLIGHT ? { effects, standIn: call } : { effects };
      }
      case 'alias':
        return { effects: [], standIn: call };
      case 'transfer':
        return { effects: [{ kind: 'transfer', how: 'passed', at: call, from }] };
      case 'unknown': {
        const lent = path.length === 0 && site.resource.value !== 'function' && ownFunction(call, ctx) === undefined && looksLent(call, isHandedIn(call, ctx), ctx);
        const effects: Effect[] = [{ kind: 'unknown', at: call, from, call, lent }];
        // Whatever is made around it stands for it: `return new Transaction(client)`.
        return call.type === T.NewExpression && path.length === 0 ? { effects, standIn: call } : { effects };
      }
      case 'release':
        return { effects: [{ kind: 'release', at: call, from, call }] };
    }
  }

  /** A member of a local object literal, or a field that this function itself releases, is a place like a variable. */
  private keepsLocally(place: Place, owner: FlowRoot, at: TSESTree.Node): boolean {
    if (place.variable === 'this') return owner === this.closures.root && this.releasesField(place, at);
    if (place.variable.scope.variableScope.block !== owner) return false;
    const value = this.ctx.bindings.onlyValueOf(place.variable);
    return value?.type === T.ObjectExpression;
  }

  /** A field that only this function releases, later on, is no more than a variable; one that another method releases is the object's. */
  private releasesField(place: Place, at: TSESTree.Node): boolean {
    const releasing = (mention: Mention): boolean => !mention.write && mention.rest.length === 0 && this.isReleased(mention.node);
    if (!mentionsOf(place, this.closures.root).some((mention) => rootOf(mention.node) === this.closures.root && mention.node.range[0] >= at.range[1] && releasing(mention))) return false;
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
}

/** What is done with the path in a member of the resource is done to the resource. */
function effectsOfPath(fates: readonly PathFate[], from: string): Effect[] {
  return fates.map((fate) => {
    if (fate.kind === 'released') return { kind: 'release', at: fate.call, from, call: fate.call, ...(fate.release ? { release: fate.release } : {}) };
    return { kind: 'transfer', how: fate.kind, at: fate.at, from };
  });
}
