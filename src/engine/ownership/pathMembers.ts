import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Release } from '../resources/model';
import { releasesByName } from '../resources/ownedNames';
import { isLocalTo } from '../syntax/bindings';
import type { CallNode } from '../syntax/nodes';
import { rootOf } from '../syntax/nodes';
import type { Context } from './context';
import { landingsOf } from './landing';
import { argumentRelease } from './releases';
import type { AcquireSite } from './site';

/** What becomes of the path that a resource has in a member: `name` of a temporary file. Whoever gets the path can remove what it names. */
export type PathFate =
  | { readonly kind: 'released'; readonly call: TSESTree.CallExpression; readonly release: Release | undefined }
  | { readonly kind: 'returned' | 'stored'; readonly at: TSESTree.Node };

/** Functions that make a longer path of one. */
const JOINING = new Set(['join', 'resolve', 'normalize']);
const DEPTH = 4;

/** The member by which the resource's releases know its path; undefined for most resources. */
export function pathMemberOf({ resource }: AcquireSite): string | undefined {
  return resource.releases.find((release) => release.member !== undefined)?.member;
}

/** Follows a path from the expression that reads it, by the names that it is given. Functions that are merely told it own nothing. */
export function fatesOfPath(expression: TSESTree.Node, member: string | undefined, site: AcquireSite, ctx: Context, depth = DEPTH): PathFate[] {
  return landingsOf(expression).flatMap((landing): PathFate[] => {
    switch (landing.to) {
      case 'return':
        return [{ kind: 'returned', at: landing.at }];
      case 'property':
      case 'kept':
        return [{ kind: 'stored', at: landing.at }];
      case 'variable':
        return depth === 0 ? [] : fatesOfName(landing.id, member, site, ctx, depth - 1);
      case 'argument': {
        const { call, index, path } = landing;
        if (call.type !== T.CallExpression || path.length > 0) return [];
        const release = argumentRelease(call, index, member, site, ctx);
        if (release !== undefined || releasesByName(ctx.calleeName(call) ?? '')) return [{ kind: 'released', call, release }];
        return depth > 0 && JOINING.has(ctx.calleeName(call) ?? '') ? fatesOfPath(call, member, site, ctx, depth - 1).filter((fate) => fate.kind !== 'released') : [];
      }
      default:
        return [];
    }
  });
}

/** `return join(directory, 'socket')`: whoever gets the longer path knows the shorter one, and can remove it. */
export function fatesOfLongerPath(call: CallNode, site: AcquireSite, ctx: Context): PathFate[] {
  return JOINING.has(ctx.calleeName(call) ?? '') ? fatesOfPath(call, undefined, site, ctx, 0).filter((fate) => fate.kind === 'returned') : [];
}

/** The same of a name that it is given, by a declaration or a pattern. */
export function fatesOfName(id: TSESTree.Identifier, member: string | undefined, site: AcquireSite, ctx: Context, depth = DEPTH): PathFate[] {
  const variable = ctx.bindings.variableOf(id);
  if (variable === undefined) return [];
  // A variable of a scope further out may be read by anybody.
  if (!isLocalTo(variable, id)) return [{ kind: 'stored', at: id }];
  const root = rootOf(id);
  return variable.references
    .filter((reference) => reference.isRead())
    .flatMap(({ identifier }) => {
      const fates = fatesOfPath(identifier, member, site, ctx, depth);
      // What a closure does with it comes when the closure runs.
      return rootOf(identifier) === root ? fates : fates.map(() => ({ kind: 'stored', at: identifier }) as const);
    });
}
