/**
 * Measures recall with exact ground truth: `node out/test/bench/mutation.js FOLDER... [--per-resource N] [--per-repository N] [--files N] [--only FILE] [--limit N] [--json FILE] [--no-types]`.
 * Finds acquires that code handles rightly, breaks that handling, and looks whether the engine sees it. See docs/measuring.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MODELS } from '../../src/engine/resources/index';
import { createPrefilter } from '../../src/workspace/prefilter';
import { limitEach, Quota, spread } from './mutation/choose';
import { tryMutant } from './mutation/outcome';
import { describe, report, type Judged } from './mutation/report';
import { sitesOf, type Excluded, type Met } from './mutation/sites';
import { print, runCommand, tell, UsageError } from './shared/command';
import { readTyped, typeWorld } from './shared/read';
import { evenly, findSources, type FoundSource } from './shared/sources';

runCommand(() => {
  const text = { type: 'string' } as const;
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { limit: text, 'per-resource': text, 'per-repository': text, files: text, only: text, json: text, 'no-types': { type: 'boolean' } } });
  const [limit, perResource, perRepository, files] = [values.limit, values['per-resource'], values['per-repository'], values.files].map((value) => (value === undefined ? Infinity : Number(value)));
  if (positionals.length === 0 || limit === undefined || perResource === undefined || perRepository === undefined || files === undefined || Number.isNaN(limit + perResource + perRepository + files)) {
    throw new UsageError('mutation FOLDER... [--per-resource N] [--per-repository N] [--files N] [--only FILE] [--limit N] [--json FILE] [--no-types]');
  }
  const started = performance.now();
  const mentioning = findSources(positionals, createPrefilter(MODELS)).filter(({ text: code }) => RELEASING.test(code));
  const only = values.only === undefined ? undefined : new Set(readFileSync(values.only, 'utf8').split('\n'));
  const sources = positionals.flatMap((origin) => evenly(mentioning.filter((source) => source.origin === origin && (only?.has(source.path) ?? true)), files));
  tell(`${String(sources.length)} files (of ${String(mentioning.length)} that begin and end something)`);
  const { judged: all, excluded } = judgeAll(sources, values['no-types'] !== true, new Quota(perRepository));
  const judged = spread(limitEach(all, perResource), limit);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(judged.flatMap(({ outcomes }) => outcomes.map(describe)), undefined, 1)}\n`);
  report(judged, all.length, excluded);
  print(`\n${String(sources.length)} files in ${((performance.now() - started) / 1000).toFixed(0)} s`);
});

/** Words that end something; files without any of them have no site. */
const RELEASING = /\b(?:(?:close|dispose|destroy|release|off|end|stop|kill|terminate|disconnect|unsubscribe|rollback|commit|unlock|abort|cancel|quit|rm|unlink)\w*|removeEventListener|removeListener|clearInterval|clearTimeout|subscriptions|_register)\(/;

/** Mutants are tried while their file's program is there: what only they ask is asked of it. */
function judgeAll(sources: readonly FoundSource[], typed: boolean, quota: Quota): { judged: Judged[]; excluded: Excluded[] } {
  const world = typed ? typeWorld() : undefined;
  const met: Met = new Map();
  const judged: Judged[] = [];
  const excluded: Excluded[] = [];
  const skipped = (source: FoundSource, reason: string): void => { tell(`${source.path}: ${reason}`); };
  for (const file of readTyped(sources, world, skipped)) {
    const found = sitesOf(file, met);
    excluded.push(...found.excluded);
    for (const site of found.sites) if (quota.admits(site)) judged.push({ ...site, outcomes: site.mutants.map((mutant) => tryMutant(site, mutant, file.answer)) });
  }
  const order = new Map(sources.map((source, index) => [source, index]));
  judged.sort((one, other) => (order.get(one.source) ?? 0) - (order.get(other.source) ?? 0) || one.acquire.start - other.acquire.start);
  return { judged, excluded };
}
