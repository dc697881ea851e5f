/**
 * Measures recall with exact ground truth: `node out/test/bench/mutation.js FOLDER... [--limit N] [--json FILE] [--no-types]`.
 * Finds acquires that code handles rightly, breaks that handling, and looks whether the engine sees it. See docs/measuring.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countLines } from '../../src/configuration/lines';
import { MODELS } from '../../src/engine/resources/index';
import { FileSystem } from '../../src/workspace/filesystem';
import { createPrefilter } from '../../src/workspace/prefilter';
import { DeclarationCache } from '../../src/workspace/program';
import { ProjectFinder } from '../../src/workspace/projects';
import { isFound, tryMutant, type Outcome } from './mutation/outcome';
import { sitesOf, spread, type Met, type MutationSite } from './mutation/sites';
import { print, runCommand, tell, UsageError } from './shared/command';
import { readTyped } from './shared/read';
import { findSources, type FoundSource } from './shared/sources';
import { formatTable, ratio, tally } from './shared/table';

runCommand(() => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { limit: { type: 'string' }, json: { type: 'string' }, 'no-types': { type: 'boolean' } } });
  const limit = values.limit === undefined ? Infinity : Number(values.limit);
  if (positionals.length === 0 || Number.isNaN(limit)) throw new UsageError('mutation FOLDER... [--limit N] [--json FILE] [--no-types]');
  const started = performance.now();
  const sources = findSources(positionals, createPrefilter(MODELS));
  tell(`${String(sources.length)} files mention an acquire`);
  const all = findSites(sources, values['no-types'] !== true);
  const sites = spread(all, limit);
  const outcomes = sites.flatMap((site) => site.mutants.map((mutant) => tryMutant(site, mutant)));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(outcomes.map(describe), undefined, 1)}\n`);
  report(sites, all.length, outcomes);
  print(`\n${String(sources.length)} files in ${((performance.now() - started) / 1000).toFixed(0)} s`);
});

function findSites(sources: readonly FoundSource[], typed: boolean): MutationSite[] {
  const disk = new FileSystem();
  const world = typed ? { disk, projects: new ProjectFinder(disk), declarations: new DeclarationCache(disk) } : undefined;
  const met: Met = new Map();
  const sites: MutationSite[] = [];
  const skipped = (source: FoundSource, reason: string): void => { tell(`${source.path}: ${reason}`); };
  for (const file of readTyped(sources, world, skipped)) sites.push(...sitesOf(file, met));
  const order = new Map(sources.map((source, index) => [source, index]));
  return sites.sort((one, other) => (order.get(one.source) ?? 0) - (order.get(other.source) ?? 0) || one.obligation.acquire.start - other.obligation.acquire.start);
}

function report(sites: readonly MutationSite[], available: number, outcomes: readonly Outcome[]): void {
  print(`${String(sites.length)} sites (of ${String(available)}), ${String(outcomes.length)} mutants, found ${ratio(outcomes.filter(isFound).length, outcomes.length)}`);
  print(`\nSites by origin\n${formatTable([['', 'sites', 'files'], ...tally(sites, ({ source }) => source.origin, () => true).map(({ key, total }) => [key, total, new Set(sites.filter(({ source }) => source.origin === key).map(({ source }) => source.path)).size])])}`);
  const dimensions: [string, (outcome: Outcome) => string][] = [
    ['mutation', ({ mutation }) => mutation],
    ['lifetime and mutation', ({ site, mutation }) => `${site.obligation.lifetime}, ${mutation}`],
    ['family', ({ site }) => site.obligation.family],
    ['model', ({ site }) => site.obligation.model],
    ['origin', ({ site }) => site.source.origin],
  ];
  for (const [name, keyOf] of dimensions) {
    print(`\nFound, by ${name}\n${formatTable([['', 'found', 'definite'], ...tally(outcomes, keyOf, isFound).map(({ key, found, total }) => [key, ratio(found, total), outcomes.filter((outcome) => keyOf(outcome) === key && outcome.tier === 'definite').length])])}`);
  }
  const missed = outcomes.filter((outcome) => !isFound(outcome));
  print(`\nMissed, by what the engine made of it\n${formatTable([['', 'mutants'], ...tally(missed, classOf, () => true).map(({ key, total }) => [key, total])])}`);
  print('\nMissed');
  for (const outcome of missed) print(`  ${placeOf(outcome)}  ${outcome.mutation}  ${outcome.site.obligation.model}  ${outcome.reason ?? ''}`);
}

/** The reason without the names of this one place. */
function classOf({ reason, site }: Outcome): string {
  return `${(reason ?? '').split(' ').slice(0, 3).join(' ').replace(/:$/, '')} [${site.obligation.lifetime}]`;
}

function placeOf({ site: { source, obligation } }: Outcome): string {
  return `${source.path}:${String(countLines(source.text).positionAt(obligation.acquire.start).line)}`;
}

function describe(outcome: Outcome): object {
  const { site, mutation, tier, rule, reason } = outcome;
  const { model, family, lifetime, certainty, holder } = site.obligation;
  return { place: placeOf(outcome), origin: site.source.origin, mutation, found: isFound(outcome), tier, rule, reason, model, family, lifetime, certainty, holder };
}
