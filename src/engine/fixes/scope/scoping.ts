import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../findings';
import { Closures } from '../../ownership/closures';
import { mentionsOf, placeOf } from '../../ownership/place';
import { receiverOf, rootOf, within, wrapped } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { ResourceCase } from '../case';
import type { Holding } from './holding';
import { canAwait, holdingOf } from './holding';
import type { OldRelease, OldReleases } from './oldReleases';
import { oldReleasesOf } from './oldReleases';
import { effectAfter } from './order';
import { builtUponIt } from './outlives';
import type { ReleaseCode } from './releaseCode';
import { releaseCodeOf } from './releaseCode';
import { caughtWithin, promisesReturned } from './returned';

/** A resource that a scope can be made for: what it replaces, how it releases, and what speaks against doing so unseen. */
export interface Scoping {
  readonly holding: Holding;
  readonly old: OldReleases;
  readonly release: ReleaseCode;
  /** Returns that give the resource away: the scope has to let go of it there. */
  readonly handOvers: readonly TSESTree.ReturnStatement[];
  /** Promises that are returned, and have to settle inside of the scope. */
  readonly promises: readonly TSESTree.Expression[];
}

/** Releases that say that all went well: who reads at the other end takes a failure for the end, and closing what failed already throws another error. */
const ENDS_WELL: ReadonlyMap<string, string> = new Map([['webStreams.writer', 'close'], ['web.FileSystemWritableFileStream', 'close']]);

/**
 * Undefined where a scope would be wrong: the resource goes somewhere else, or its releases say more than a scope can. `inBlock`: a block is made
 * for the scope; else what a module declares at its top lives until the program ends. `among`: it may be one of several declarators of a statement.
 */
export function scopingOf(given: ResourceCase, { inBlock = false, among = false }: { readonly inBlock?: boolean; readonly among?: boolean } = {}): Scoping | undefined {
  // Whether to commit or to roll back no scope can tell that is not told of errors.
  if (given.obligation.site.resource.family === 'transaction') return undefined;
  const holding = holdingOf(given);
  if (holding === undefined || holding.ownIf !== undefined || (holding.among !== undefined && !among) || (holding.list.type === T.Program && !inBlock)) return undefined;
  const handOvers = handOversOf(given);
  if (handOvers === undefined) return undefined;
  const old = oldReleasesOf(given);
  if (old === undefined || !holdsAllUses(holding, old, given)) return undefined;
  const release = releaseCodeOf(given, holding, old);
  if (release === undefined || (old.all.length === 0 && laterUse(given) === 'lives on')) return undefined;
  const promises = promisesReturned(given, holding).filter((argument) => !old.all.some(({ expression }) => within(expression, argument)));
  if (inBlock && old.all.some(({ returned }) => returned !== undefined)) return undefined;
  // A function that is not async can't wait for what it returns.
  if (promises.length > 0 && !canAwait(given)) return undefined;
  return { holding, old, release, handOvers, promises };
}

/** What speaks against the scope unseen; `region` is where it ends at the latest, `later` are releases that come behind it as before. */
export function cautionsOf(given: ResourceCase, { holding, old, promises }: Scoping, region: Range = rangeOf(holding.list), later: readonly OldRelease[] = []): string[] {
  return [...orderCautions(given, region, old, later), ...errorCautions(given, old, holding), ...useCautions(given, holding, old, promises)];
}

function rangeOf({ range: [start, end] }: TSESTree.Node): Range {
  return { start, end };
}

/** Where the resource is returned; undefined when it goes anywhere else. */
function handOversOf({ obligation: { effects } }: ResourceCase): TSESTree.ReturnStatement[] | undefined {
  const statements: TSESTree.ReturnStatement[] = [];
  for (const effect of effects.effects) {
    if (effect.kind === 'lend' || effect.kind === 'fulfilled' || effect.kind === 'wrong') return undefined;
    if (effect.kind !== 'transfer') continue;
    let at: TSESTree.Node | undefined = effect.at;
    while (at !== undefined && at.type !== T.ReturnStatement && at !== effects.root) at = at.parent;
    if (effect.how !== 'returned' || at?.type !== T.ReturnStatement || rootOf(at) !== effects.root) return undefined;
    if (!statements.includes(at)) statements.push(at);
  }
  return statements;
}

/** Every use of what holds the resource lies inside of the scope and behind the acquire, or goes with the old releases. */
function holdsAllUses({ form, list, statement, declarator, variable }: Holding, old: OldReleases, given: ResourceCase): boolean {
  const { effects } = given.obligation;
  const isGone = (node: TSESTree.Node): boolean => {
    for (const gone of old.removal.statements) if (within(node, gone)) return true;
    return false;
  };
  return effects.places.every((place) => {
    if (place.variable === 'this') return form === 'beside';
    if (form === 'beside' && place.variable === variable) return true;
    return place.variable.references.every(({ identifier }) => {
      if (declarator !== undefined && within(identifier, declarator)) return true;
      return (within(identifier, list) && identifier.range[0] >= statement.range[0]) || isGone(identifier);
    });
  });
}

/** No effect that came after an old release may come before it now. */
function orderCautions(given: ResourceCase, region: Range, { all }: OldReleases, later: readonly OldRelease[]): string[] {
  for (const release of all) {
    const effect = effectAfter(release, region, given, [...all, ...later]);
    if (effect) return [`\`${given.ctx.excerpt(effect, 40)}\` ran after the release; now it runs before.`];
  }
  return [];
}

/** Code that comes before the scope's end needs what the resource holds to be free again: a stream without its reader, a lock. */
export function isNeededFree(given: ResourceCase, { holding, old }: Scoping, region: Range = rangeOf(holding.list)): boolean {
  const { obligation: { site }, ctx } = given;
  if (site.resource.family !== 'lock' && !/^webStreams\.(?:reader|writer)$/.test(site.resource.id)) return false;
  const receiver = receiverOf(site.call);
  const held = receiver && placeOf(receiver, ctx.bindings);
  if (held === undefined) return false;
  const uses = (node: TSESTree.Node): boolean => {
    let found = false;
    walk(node, (inner) => {
      if ((inner.type === T.Identifier || inner.type === T.MemberExpression) && placeOf(inner, ctx.bindings)?.key === held.key) found = true;
    });
    return found;
  };
  return old.all.some((release) => effectAfter(release, region, given, old.all, uses) !== undefined);
}

/** The same error has to reach the caller when one thing throws. */
function errorCautions(given: ResourceCase, { all }: OldReleases, { list }: Holding): string[] {
  const { obligation: { site }, ctx } = given;
  const cautions: string[] = [];
  if (all.some(({ statement }) => caughtWithin(statement, list) !== undefined)) cautions.push('An error of the release was caught inside of the scope; now it leaves it.');
  if (canAwait(given) && all.some(({ call, expression, awaited, release }) => !awaited && release?.async === true && expression === call)) cautions.push('Nothing awaited the release; now an error of it reaches the caller.');
  if (all.some(({ call, returned }) => returned !== undefined && ctx.callFact(call)?.result.nothing !== true)) cautions.push('What the release gives is returned no more.');
  const method = ENDS_WELL.get(site.resource.id);
  if (method !== undefined && all.some(({ release }) => release?.method === method)) cautions.push(`\`${method}()\` says that all went well; now it is called after a failure, too.`);
  return cautions;
}

function useCautions(given: ResourceCase, { list }: Holding, old: OldReleases, promises: readonly TSESTree.Expression[]): string[] {
  const { obligation, ctx } = given;
  const cautions: string[] = [];
  if (promises.some((promise) => caughtWithin(promise, list) !== undefined)) cautions.push('A returned promise is awaited now, and what it rejects with is caught in this function.');
  if (old.all.length > 0) return cautions;
  if (laterUse(given)) cautions.push('A callback uses the resource, and may run after it is released.');
  const built = builtUponIt(given);
  if (built) cautions.push(`\`${ctx.excerpt(built, 40)}\` was made with the resource, and may need it after the release.`);
  const taken = obligation.effects.effects.find((effect) => effect.kind === 'unknown');
  if (taken) cautions.push(`\`${ctx.excerpt(taken.at, 40)}\` may keep the resource.`);
  return cautions;
}

/**
 * A function inside uses the resource, and goes somewhere. `awaited`: to a call that is waited for, which most likely runs it meanwhile.
 * `lives on`: a listener, a timer, something that is returned or stored: it would use what is released.
 */
function laterUse({ obligation, ctx }: ResourceCase): 'awaited' | 'lives on' | undefined {
  const closures = new Closures(obligation.root, ctx);
  let found: 'awaited' | undefined;
  for (const place of obligation.effects.places) {
    for (const { node } of mentionsOf(place, obligation.root)) {
      const closure = rootOf(node) === obligation.root ? undefined : closures.around(node);
      if (closure === undefined || !closures.escapes(closure)) continue;
      const { parent } = wrapped(closure);
      if (parent?.type !== T.CallExpression || wrapped(parent).parent?.type !== T.AwaitExpression) return 'lives on';
      found = 'awaited';
    }
  }
  return found;
}
