import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { lastNameOf } from '../resources/lookup';
import type { Release } from '../resources/model';
import { holdsAll } from '../resources/predicate';
import type { CallNode } from '../syntax/nodes';
import { calleeName, receiverOf, unwrap } from '../syntax/nodes';
import type { Context } from './context';
import type { AcquireSite } from './site';

const DISPOSE_MEMBERS = new Set(['Symbol.dispose', 'Symbol.asyncDispose']);

/** The release that calling this method of the resource performs. */
export function methodRelease(name: string, call: TSESTree.CallExpression, site: AcquireSite): Release | undefined {
  if (DISPOSE_MEMBERS.has(name)) return { method: name, ...(name === 'Symbol.asyncDispose' ? { async: true } : {}) };
  return site.resource.releases.find((release) => release.method === name && release.on === undefined && holdsAll(release.when, call));
}

/** Reading this member of the resource hands its release out (`return handle.close`). */
export function isReleaseName(name: string, site: AcquireSite): boolean {
  return DISPOSE_MEMBERS.has(name) || site.resource.releases.some((release) => release.method === name && release.on === undefined && release.when === undefined);
}

/** The release that passing the resource (or its `member`) as this argument of the call performs. */
export function argumentRelease(call: CallNode, index: number, member: string | undefined, site: AcquireSite, ctx: Context): Release | undefined {
  const name = calleeName(call);
  if (name === undefined || call.type === T.NewExpression) return undefined;
  for (const release of site.resource.releases) {
    if (release.member !== member || release.key !== undefined) continue;
    if (release.function !== undefined) {
      if (index !== (release.argument ?? 0) || !mayBeCalled(release.function, name, call, ctx) || !holdsAll(release.when, call)) continue;
      if (callsFunction(call, release, site, ctx)) return release;
    } else if (release.method === name && release.argument === index && release.on === 'receiver' && holdsAll(release.when, call)) {
      return release;
    }
  }
  return undefined;
}

/** The library's function, by its last name or by one that the file gave it; promisified spellings are entries of their own. */
function mayBeCalled(ref: string, name: string, call: CallNode, ctx: Context): boolean {
  if (call.callee.type === T.Identifier && !ctx.bindings.isGlobal(call.callee)) return true;
  const last = lastNameOf(ref.slice(ref.lastIndexOf(':') + 1));
  return last === name || last === 'default' || last === '__promisify__';
}

/** The call is the release's function: proven by import or type, or, where nothing is known of the callee, by its telling name. */
export function callsFunction(call: CallNode, release: Release, site: AcquireSite, ctx: Context): boolean {
  const library = ctx.models.libraryOf(site.resource);
  if (library === undefined || release.function === undefined) return false;
  const members = ctx.membersOf(call);
  if (members === 'local') return false;
  const keys = ctx.models.releaseKeys(library, release);
  if (members.some(({ module, member }) => keys.has(`${module}:${member}`))) return true;
  const known = members.some(({ module }) => ctx.models.knows(module));
  return !known && lastNameOf(release.function.slice(release.function.lastIndexOf(':') + 1)) === calleeName(call);
}

/**
 * Releases that do not mention the resource: a method of the acquire's receiver (`mutex.release()`), a function that is given
 * what the acquire was given (`unlock(file)`), or one that ends the only section there is. Found among the calls of a function.
 */
export function indirectRelease(call: TSESTree.CallExpression, site: AcquireSite, ctx: Context): Release | undefined {
  for (const release of site.resource.releases) {
    if (release.on === 'receiver' && release.method !== undefined && release.argument === undefined) {
      const [one, other] = [receiverOf(call), receiverOf(site.call)];
      const same = one === undefined && other === undefined ? site.holder.in === 'nothing' : sameText(one, other, ctx);
      if (release.method === calleeName(call) && same && holdsAll(release.when, call)) return release;
    }
    const key = release.key ?? (site.holder.in === 'argument' ? site.holder.index : undefined);
    if (release.function !== undefined && (key !== undefined || site.holder.in === 'nothing')) {
      const name = calleeName(call);
      if (name === undefined || !mayBeCalled(release.function, name, call, ctx)) continue;
      const given = call.arguments[release.argument ?? 0];
      if ((key === undefined || sameText(given, site.call.arguments[key], ctx)) && callsFunction(call, release, site, ctx)) return release;
    }
  }
  return undefined;
}

/** The same expression, letter for letter. */
export function sameText(one: TSESTree.Node | undefined, other: TSESTree.Node | undefined, ctx: Context): boolean {
  return one !== undefined && other !== undefined && ctx.textOf(unwrap(one)) === ctx.textOf(unwrap(other));
}
