import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Release } from '../resources/model';
import type { Context } from './context';
import type { Landing } from './landing';
import { landingsOf } from './landing';
import { isIndex } from './place';
import type { AcquireSite } from './site';

/** What becomes of a list that the resource gave: its elements are released, only looked at, or go where nobody follows. */
export type ElementsFate = 'released' | 'looked-at' | 'unknown';

/** The releases of the resource that are made on each element of what this method of it gives. */
export function elementReleases(method: string, site: AcquireSite): readonly Release[] {
  return site.resource.releases.filter((release) => release.each?.of === method);
}

/** Follows the list (`stream.getTracks()`) to `forEach((track) => track.stop())`, a loop, or one element: whoever stops one stops them all. */
export function fateOfElements(list: TSESTree.Node, release: Release, ctx: Context, depth = 3): ElementsFate {
  const releases = (element: TSESTree.Node): boolean => landingsOf(element).some((landing) => landing.to === 'method' && landing.name === release.each?.method);
  const named = (pattern: TSESTree.Node | undefined): ElementsFate => {
    const variable = pattern?.type === T.Identifier ? ctx.bindings.variableOf(pattern) : undefined;
    return variable?.references.some(({ identifier }) => releases(identifier)) ? 'released' : 'unknown';
  };
  const fate = (landing: Landing): ElementsFate => {
    switch (landing.to) {
      case 'method': {
        const [callback] = landing.call.arguments;
        const fn = callback && ctx.bindings.functionOf(callback);
        return fn ? named(fn.params[0]) : releases(landing.call) ? 'released' : 'unknown';
      }
      case 'member':
        return landing.name === 'length' ? 'looked-at' : releases(landing.member) ? 'released' : 'unknown';
      case 'iterate':
        return landing.at.left.type === T.VariableDeclaration ? named(landing.at.left.declarations[0]?.id) : 'unknown';
      case 'pattern':
        return landing.pattern.type === T.ArrayPattern ? worst(landing.pattern.elements.map((element) => named(element ?? undefined))) : 'unknown';
      case 'variable': {
        const variable = landing.path.length === 0 && depth > 0 ? ctx.bindings.variableOf(landing.id) : undefined;
        const uses = variable?.references.filter((reference) => reference.isRead()) ?? [];
        return variable === undefined ? 'unknown' : worst(uses.map(({ identifier }) => fateOfElements(identifier, release, ctx, depth - 1)));
      }
      case 'looked-at':
      case 'nothing':
        return 'looked-at';
      default:
        return 'unknown';
    }
  };
  return worst(landingsOf(list).map(fate));
}

/** A release anywhere counts; otherwise what nobody can follow. */
function worst(fates: readonly ElementsFate[]): ElementsFate {
  return fates.includes('released') ? 'released' : fates.includes('unknown') ? 'unknown' : 'looked-at';
}

/** The resource is an element of a list, at `path` of the value, and a loop goes through the list: what it does with each is not followed. */
export function listTakenBy(landing: Landing, [first]: readonly string[]): TSESTree.Node | undefined {
  return landing.to === 'iterate' && first !== undefined && isIndex(first) ? landing.at : undefined;
}
