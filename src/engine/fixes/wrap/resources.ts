import type { TSESTree } from '@typescript-eslint/types';
import type { Finding, Range } from '../../findings';
import type { Obligation } from '../../ownership/obligation';
import { mentionsOf } from '../../ownership/place';
import { within } from '../../syntax/nodes';
import type { ResourceCase } from '../case';
import { statementAround } from '../edit/statements';
import { canAwait } from '../scope/holding';
import type { NativeScope } from '../scope/native';
import { nativeScopeOf } from '../scope/native';
import type { Scoping } from '../scope/scoping';
import { scopingOf } from '../scope/scoping';

/** A resource that selected statements acquire, and that a scope around them can release. */
export interface Enterable {
  readonly given: ResourceCase;
  readonly scoping: Scoping;
  /** Absent: it has no dispose symbol here. */
  readonly native: NativeScope | undefined;
}

/** What selected statements acquire themselves, in the order of the text. */
export interface Acquired {
  readonly enterable: readonly Enterable[];
  /** All of them, those too that no scope can release. */
  readonly cases: readonly ResourceCase[];
}

/** Sorts out what a scope around the statements could release; refused with the reason when that is nothing. `range`: where they stand. */
export function acquiredBy(statements: readonly TSESTree.Node[], range: Range, cases: readonly ResourceCase[]): Acquired | { readonly refused: string } {
  const inside = cases.filter(({ obligation: { site } }) => site.call.range[0] >= range.start && site.call.range[1] <= range.end);
  const [first] = inside;
  if (first === undefined) return { refused: 'Nothing in the selection acquires a resource that is known: a scope would have nothing to release.' };
  const direct = inside.filter(({ obligation: { site } }) => statements.some((one) => one === statementAround(site.call)));
  if (direct.length === 0) return { refused: `${nameOf(first.obligation)} is acquired in a block of its own inside of the selection: select the statements there, or put the cursor on it.` };
  const enterable: Enterable[] = [];
  for (const given of direct.sort((one, other) => one.obligation.site.call.range[0] - other.obligation.site.call.range[0])) {
    const found = enterableOf(given, range);
    if (typeof found === 'object') enterable.push(found);
  }
  return { enterable, cases: direct };
}

/** Why none of the resources can be released by a scope, in a sentence. */
export function explainUnenterable(cases: readonly ResourceCase[], range: Range): string {
  for (const given of cases) {
    const found = enterableOf(given, range);
    if (typeof found === 'string') return found;
  }
  return 'The selection cannot be put into a scope.';
}

/** The resource as a scope releases it that ends where the range ends; a sentence when none can. */
function enterableOf(given: ResourceCase, range: Range): Enterable | string {
  const name = nameOf(given.obligation);
  const scoping = scopingOf(given, { inBlock: true });
  if (scoping === undefined) return explainUnscoped(given.obligation);
  if (scoping.handOvers.length > 0) return `${name} is returned, so that a scope around the selection must not release it.`;
  if (scoping.release.async && !canAwait(given)) return `Releasing ${name} has to be awaited, and the function is not async.`;
  const [later] = usesBehind(given, scoping, range);
  if (later !== undefined) return `${name} holds a resource, and is used behind the selection, where the scope has ended.`;
  const native = nativeScopeOf(given, scoping);
  return { given, scoping, native: native?.keyword === 'await using' && !canAwait(given) ? undefined : native };
}

/** What names the resource behind the range, and stays there. */
function usesBehind({ obligation: { effects } }: ResourceCase, scoping: Scoping, { end }: Range): TSESTree.Node[] {
  const isGone = (node: TSESTree.Node): boolean => isRemoved(node, scoping);
  return effects.places.flatMap((place) => mentionsOf(place, effects.root).flatMap(({ node }) => (node.range[0] >= end && !isGone(node) ? [node] : [])));
}

/** The code goes with the old releases. */
export function isRemoved(node: TSESTree.Node, { old }: Scoping): boolean {
  for (const gone of old.removal.statements) if (within(node, gone)) return true;
  return false;
}

/** Why no scope can be made for a resource, in a sentence. */
export function explainUnscoped(obligation: Obligation): string {
  const isScoped = obligation.landings.some((landing) => landing.to === 'variable' && landing.using);
  if (isScoped) return `${nameOf(obligation)} is in a scope already, whose \`using\` releases it.`;
  return `${nameOf(obligation)} has no scope that could release it: it is handed on, or released in a way that a scope can't take over.`;
}

/** A resource as a person reads of it. */
function nameOf({ name, site }: Obligation): string {
  return name === undefined ? `The ${site.resource.noun}` : `\`${name}\``;
}

/** A finding in name only: somebody wants a scope, whether or not anything is wrong. */
export function findingFor({ site }: Obligation): Finding {
  const range = { start: site.call.range[0], end: site.call.range[1] };
  return { rule: site.resource.family === 'transaction' ? 'transaction-not-finished' : 'missing-release', tier: 'definite', message: '', resource: site.resource.noun, family: site.resource.family, acquire: range, path: [], ...range };
}
