import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from '../syntax/nodes';
import { staticName } from '../syntax/nodes';
import { collectEffects } from './collect';
import type { Context } from './context';
import type { Treatment } from './effect';
import type { Place } from './place';
import { landingsOf } from './landing';
import { mentionsOf, placeOfVariable } from './place';
import { releasesOnEveryPath } from './search';
import type { AcquireSite } from './site';

/**
 * What calling a function of this file does to a resource given as a parameter, read off its own code. A function that releases on
 * some normal paths only, and recursion, are `unknown`: nothing is claimed for them.
 */
export function summarise(fn: FunctionNode, index: number, path: readonly string[], site: AcquireSite, ctx: Context): Treatment {
  const key = `${String(index)}:${path.join('.')}:${site.resource.id}`;
  let known = ctx.summaries.get(fn);
  if (known === undefined) ctx.summaries.set(fn, (known = new Map()));
  const before = known.get(key);
  if (before !== undefined) return before;
  known.set(key, 'unknown'); // what a recursive call finds
  const place = parameterPlace(fn, index, path, ctx);
  const treatment = place === undefined ? 'unknown' : treat(fn, place, site, ctx);
  known.set(key, treatment);
  return treatment;
}

function treat(fn: FunctionNode, place: Place, site: AcquireSite, ctx: Context): Treatment {
  if (fn.body === null) return 'unknown';
  const effects = collectEffects(fn, { places: [place], flights: [], path: [] }, site, ctx);
  const kinds = new Set(effects.effects.map((effect) => effect.kind));
  if (kinds.has('release')) return releasesOnEveryPath(effects, place, site, ctx) ? 'release' : 'unknown';
  if (effects.effects.some((effect) => effect.kind === 'transfer' && effect.how !== 'returned') || kinds.has('lend')) return 'transfer';
  if (kinds.has('unknown') || kinds.has('wrong')) return 'unknown';
  if (effects.effects.some((effect) => effect.kind === 'transfer')) return 'alias';
  return drains(fn, place, site) ? 'transfer' : 'borrow';
}

/** The function reads the resource to its end, where it lets go of it. */
function drains(fn: FunctionNode, place: Place, { resource }: AcquireSite): boolean {
  const { drained } = resource;
  return drained !== undefined && mentionsOf(place, fn).some((mention) => landingsOf(mention.node).some((landing) => landing.to === 'method' && landing.name === drained.method));
}

/** Where a parameter keeps what it is given: the name itself, or the name that its pattern gives the member at `path`. */
export function parameterPlace(fn: FunctionNode, index: number, path: readonly string[], ctx: Context): Place | undefined {
  const parameter = fn.params[index];
  return parameter === undefined ? undefined : inPattern(parameter, path, ctx);
}

function inPattern(pattern: TSESTree.Node, path: readonly string[], ctx: Context): Place | undefined {
  switch (pattern.type) {
    case T.Identifier: {
      const variable = ctx.bindings.variableOf(pattern);
      return variable && placeOfVariable(variable, path, ctx.bindings);
    }
    case T.AssignmentPattern:
      return inPattern(pattern.left, path, ctx);
    case T.ObjectPattern: {
      const [first, ...rest] = path;
      for (const property of pattern.properties) {
        if (property.type === T.Property && first !== undefined && staticName(property) === first) return inPattern(property.value, rest, ctx);
      }
      return undefined;
    }
    case T.ArrayPattern: {
      const [first, ...rest] = path;
      const element = first === undefined ? undefined : pattern.elements[Number(first)];
      return element ? inPattern(element, rest, ctx) : undefined;
    }
    default:
      return undefined;
  }
}
