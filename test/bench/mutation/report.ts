import { countLines } from '../../../src/configuration/lines';
import { print } from '../shared/command';
import { formatTable, ratio, tally } from '../shared/table';
import { isFound, type Outcome } from './outcome';
import type { Excluded, MutationSite } from './sites';

/** A site, and what the engine says of each of its mutants. */
export interface Judged extends MutationSite {
  readonly outcomes: readonly Outcome[];
}

/** Prints recall by everything that may explain it, what was left out, and each miss. */
export function report(sites: readonly Judged[], available: number, excluded: readonly Excluded[]): void {
  const outcomes = sites.flatMap((site) => site.outcomes);
  print(`${String(sites.length)} sites (of ${String(available)}), ${String(outcomes.length)} mutants, found ${ratio(outcomes.filter(isFound).length, outcomes.length)}`);
  print(`\nSites by origin\n${formatTable([['', 'sites', 'files'], ...tally(sites, ({ source }) => source.origin, () => true).map(({ key, total }) => [key, total, new Set(sites.filter(({ source }) => source.origin === key).map(({ source }) => source.path)).size])])}`);
  const dimensions: [string, (outcome: Outcome) => string][] = [
    ['mutation', ({ mutation }) => mutation],
    ['family', ({ site }) => site.family],
    ['resource', ({ site }) => site.resource],
    ['lifetime and mutation', ({ site, mutation }) => `${site.obligation?.lifetime ?? 'code'}, ${mutation}`],
    ['origin', ({ site }) => site.source.origin],
  ];
  for (const [name, keyOf] of dimensions) {
    print(`\nFound, by ${name}\n${formatTable([['', 'sites', 'found', 'definite'], ...tally(outcomes, keyOf, isFound).map(({ key, found, total }) => {
      const those = outcomes.filter((outcome) => keyOf(outcome) === key);
      return [key, new Set(those.map(({ site }) => site)).size, ratio(found, total), those.filter(({ tier }) => tier === 'definite').length];
    })])}`);
  }
  print(`\nNot broken\n${formatTable([['', 'sites'], ...tally(excluded, ({ resource, reason }) => `${reason} [${resource}]`, () => true).map(({ key, total }) => [key, total])])}`);
  const missed = outcomes.filter((outcome) => !isFound(outcome));
  print(`\nMissed, by what the engine made of it\n${formatTable([['', 'mutants'], ...tally(missed, classOf, () => true).map(({ key, total }) => [key, total])])}`);
  print('\nMissed');
  for (const outcome of missed) print(`  ${placeOf(outcome)}  ${outcome.mutation}  ${outcome.site.resource}  ${outcome.reason ?? ''}`);
}

/** One outcome as data, for reading by programs. */
export function describe(outcome: Outcome): object {
  const { site, mutation, tier, rule, reason } = outcome;
  const { resource, family, obligation } = site;
  return { place: placeOf(outcome), origin: site.source.origin, mutation, found: isFound(outcome), tier, rule, reason, resource, family, ...obligation };
}

/** The reason without the names of this one place. */
function classOf({ reason, site }: Outcome): string {
  return `${(reason ?? '').split(' ').slice(0, 3).join(' ').replace(/:$/, '')} [${site.obligation?.lifetime ?? site.resource}]`;
}

function placeOf({ site: { source, acquire } }: Outcome): string {
  return `${source.path}:${String(countLines(source.text).positionAt(acquire.start).line)}`;
}
