import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isLocalTo } from '../syntax/bindings';
import { calleeName, closureAround, rootOf, staticName } from '../syntax/nodes';
import type { Closures } from './closures';
import type { Context } from './context';
import type { Effect } from './effect';
import type { Landing } from './landing';
import { landingsOf } from './landing';
import type { PathFate } from './pathMembers';
import { fatesOfName, pathMemberOf } from './pathMembers';
import { placeOfVariable } from './place';
import { isReleaseName } from './releases';
import { KEEPING_METHODS } from './sinks';
import type { AcquireSite } from './site';

/**
 * `const { path, cleanup } = await file()`: who calls, hands on or keeps `cleanup` does so with the resource. Undefined where a pattern
 * does more with a release than give it a name: then anything may have become of the resource. Plain members leave it where it is.
 * An `alias` names the variable that holds the release, whose own effects are among these.
 */
export function takenByPattern({ pattern, at }: Extract<Landing, { to: 'pattern' }>, from: string, site: AcquireSite, closures: Closures, ctx: Context): Effect[] | undefined {
  if (pattern.type === T.ArrayPattern) return undefined;
  let takesRelease = false;
  const effects: Effect[] = [];
  const members: { readonly name: string; readonly id: TSESTree.Identifier }[] = [];
  for (const property of pattern.properties) {
    const name = property.type === T.Property ? staticName(property) : undefined;
    if (name === undefined || property.type !== T.Property) return undefined;
    const { value } = property;
    if (!isReleaseName(name, site)) {
      if (value.type === T.Identifier) members.push({ name, id: value });
      continue;
    }
    const variable = value.type === T.Identifier ? ctx.bindings.variableOf(value) : undefined;
    if (variable === undefined || rootOf(at) !== closures.root || !isLocalTo(variable, value)) return undefined;
    const place = placeOfVariable(variable, [], ctx.bindings);
    takesRelease = true;
    effects.push({ kind: 'alias', at, from, to: place }, ...closures.carry(variable, 'release').map((effect) => ({ ...effect, from: place.key })));
  }
  const own = pathMemberOf(site);
  const holder = takesRelease ? '*' : from;
  // Beside a release the other members may be all that somebody needs to end the resource himself.
  const telling = takesRelease ? members : members.filter(({ name }) => name === own);
  for (const { name, id } of telling) effects.push(...fatesOfName(id, name === own ? own : undefined, site, ctx).flatMap((fate) => effectOf(fate, holder, name === own)));
  const { leadsBack } = site.resource;
  for (const { name, id } of members) if (leadsBack?.from.includes(name)) effects.push(...leadingByName(id, leadsBack, site, ctx).map((effect) => ({ ...effect, from: holder })));
  return effects;
}

function effectOf(fate: PathFate, from: string, isOwnPath: boolean): Effect[] {
  if (fate.kind !== 'released') return [{ kind: 'transfer', how: fate.kind, at: fate.at, from }];
  return isOwnPath ? [{ kind: 'release', at: fate.call, from, call: fate.call, ...(fate.release ? { release: fate.release } : {}) }] : [];
}

/** `const page = await browser.newPage()`: who gets the page has its browser, and who asks it for its browser ends that. */
export function effectsOfWhatLeadsBack(given: TSESTree.Node, name: string, from: string, site: AcquireSite, ctx: Context): Effect[] {
  const { leadsBack } = site.resource;
  if (leadsBack === undefined || !leadsBack.from.includes(name)) return [];
  return leading(given, leadsBack, site, ctx).map((effect) => ({ ...effect, from }));
}

type Leading = NonNullable<AcquireSite['resource']['leadsBack']>;

function leading(given: TSESTree.Node, back: Leading, site: AcquireSite, ctx: Context): Effect[] {
  return landingsOf(given).flatMap((landing): Effect[] => {
    switch (landing.to) {
      case 'return':
        return [{ kind: 'transfer', how: 'returned', at: landing.at, from: '*' }];
      case 'property':
      case 'kept':
        return [{ kind: 'transfer', how: 'stored', at: landing.at, from: '*' }];
      case 'argument':
        // What is made around it may end both; a function that is called with it rather works with it.
        return landing.call.type === T.NewExpression || KEEPING_METHODS.has(calleeName(landing.call) ?? '') ? [{ kind: 'transfer', how: 'passed', at: landing.call, from: '*' }] : [];
      case 'method':
        if (back.by.includes(landing.name)) return [{ kind: 'transfer', how: 'taken apart', at: landing.call, from: '*' }];
        return back.from.includes(calleeName(landing.call) ?? '') ? leading(landing.call, back, site, ctx) : [];
      case 'member':
        if (landing.name === undefined) return [];
        if (back.by.includes(landing.name)) return [{ kind: 'transfer', how: 'taken apart', at: landing.member, from: '*' }];
        return back.from.includes(landing.name) ? leading(landing.member, back, site, ctx) : [];
      case 'variable':
        return leadingByName(landing.id, back, site, ctx);
      default:
        return [];
    }
  });
}

function leadingByName(id: TSESTree.Identifier, back: Leading, site: AcquireSite, ctx: Context): Effect[] {
  const variable = ctx.bindings.variableOf(id);
  if (variable === undefined || !isLocalTo(variable, id)) return [{ kind: 'transfer', how: 'stored', at: id, from: '*' }];
  const root = rootOf(id);
  return variable.references
    .filter((reference) => reference.isRead())
    .flatMap(({ identifier }) => {
      const effects = leading(identifier, back, site, ctx);
      const inside = rootOf(identifier) === root ? undefined : closureAround(identifier, root);
      // What a function inside does comes when it is called; whoever gets that function can have it done.
      return inside && effects.length > 0 ? [{ kind: 'transfer', how: 'captured', at: inside, from: '*' } satisfies Effect] : effects;
    });
}
