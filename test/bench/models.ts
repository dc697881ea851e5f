/**
 * Measures whether the time for a file grows with the number of models: `node out/test/bench/models.js FOLDER... [--limit N] [--rounds N] [--no-types]`.
 * Checks the same files with 10 %, 50 % and 100 % of them, in turn. See docs/measuring.md.
 */
import { parseArgs } from 'node:util';
import { analyse } from '../../src/engine/analyse';
import { MODELS } from '../../src/engine/resources/index';
import { ModelIndex } from '../../src/engine/resources/lookup';
import { NOBODY, type Answerer } from '../../src/workspace/drive';
import { createPrefilter, type Prefilter } from '../../src/workspace/prefilter';
import { countResources, shareOf } from './models/shares';
import { median } from './repositories/measure';
import { print, runCommand, tell, UsageError } from './shared/command';
import { readTyped, runCoroutine, typeWorld, type ReadFile } from './shared/read';
import { evenly, findSources, type FoundSource } from './shared/sources';
import { formatTable } from './shared/table';

const SHARES = [10, 50, 100] as const;

interface Share {
  readonly percent: number;
  readonly models: number;
  readonly index: ModelIndex;
  readonly passes: Prefilter;
}

/** What one share of the models makes of a file. */
interface Measured {
  /** Milliseconds of processor time of each round. */
  readonly times: number[];
  obligations: number;
}

runCommand(() => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { limit: { type: 'string' }, rounds: { type: 'string' }, 'no-types': { type: 'boolean' } } });
  const [limit, rounds] = [Number(values.limit ?? 400), Number(values.rounds ?? 7)];
  if (positionals.length === 0 || Number.isNaN(limit) || Number.isNaN(rounds) || rounds < 1) throw new UsageError('models FOLDER... [--limit N] [--rounds N] [--no-types]');
  const shares = SHARES.map((percent): Share => {
    const models = shareOf(MODELS, percent);
    return { percent, models: countResources(models), index: new ModelIndex(models), passes: createPrefilter(models) };
  });
  const texts = findSources(positionals, () => true);
  const full = createPrefilter(MODELS);
  const mentioning = texts.filter(({ text }) => full(text));
  const sources = evenly(mentioning, limit);
  tell(`${String(texts.length)} files, ${String(mentioning.length)} mention an acquire, ${String(sources.length)} are checked`);
  printPrefilter(shares, texts, rounds);
  printAnalysis(shares, sources, rounds, values['no-types'] !== true);
});

function printPrefilter(shares: readonly Share[], texts: readonly FoundSource[], rounds: number): void {
  const times = new Map<Share, number[]>(shares.map((share) => [share, []]));
  const passed = new Map<Share, number>();
  for (let round = 0; round <= rounds; round++) {
    for (const share of inTurn(shares, round)) {
      const started = processorTime();
      const count = texts.filter(({ text }) => share.passes(text)).length;
      if (round > 0) times.get(share)?.push(processorTime() - started);
      passed.set(share, count);
    }
  }
  const characters = texts.reduce((sum, { text }) => sum + text.length, 0);
  print(`The pre-filter over ${String(texts.length)} files, ${(characters / 1e6).toFixed(1)} million characters\n${formatTable([['models', 'resources', 'files passed', 'ms a million'], ...shares.map((share) => [`${String(share.percent)} %`, share.models, passed.get(share) ?? 0, ((median(times.get(share) ?? [])) / (characters / 1e6)).toFixed(2)])])}`);
}

function printAnalysis(shares: readonly Share[], sources: readonly FoundSource[], rounds: number, typed: boolean): void {
  const world = typed ? typeWorld() : undefined;
  const files: Map<Share, Measured>[] = [];
  // A file at a time, each share in turn: what they share (a tree, a checker's types) is warm for all after the round that is not counted.
  for (const file of readTyped(sources, world, (source, reason) => { tell(`${source.path}: ${reason}`); })) {
    const measured = new Map<Share, Measured>(shares.map((share) => [share, { times: [], obligations: 0 }]));
    for (let round = 0; round <= rounds; round++) {
      for (const share of inTurn(shares, round)) {
        const result = measured.get(share);
        const { milliseconds, obligations } = check(file, share, world === undefined ? NOBODY : file.answer);
        if (result === undefined || round === 0) continue;
        result.times.push(milliseconds);
        result.obligations = obligations;
      }
    }
    files.push(measured);
  }
  print(`\nThe analysis, ${typed ? 'with' : 'without'} types: medians of ${String(rounds)} rounds a file, in milliseconds\n${tableOf(shares, files)}`);
  const same = files.filter((measured) => new Set([...measured.values()].map(({ obligations }) => obligations)).size === 1);
  print(`\nThe files in which more models find no more to follow\n${tableOf(shares, same)}`);
}

function tableOf(shares: readonly Share[], files: readonly ReadonlyMap<Share, Measured>[]): string {
  const rows = shares.map((share) => {
    const medians = files.map((measured) => median(measured.get(share)?.times ?? []));
    const obligations = files.reduce((sum, measured) => sum + (measured.get(share)?.obligations ?? 0), 0);
    return [`${String(share.percent)} %`, share.models, files.length, obligations, median(medians).toFixed(3), (medians.reduce((sum, time) => sum + time, 0) / Math.max(1, files.length)).toFixed(3)];
  });
  return formatTable([['models', 'resources', 'files', 'obligations', 'median', 'mean'], ...rows]);
}

function check(file: ReadFile<FoundSource>, { index }: Share, answer: Answerer): { milliseconds: number; obligations: number } {
  let obligations = 0;
  const started = processorTime();
  runCoroutine(analyse(file.module, { onlyModels: index, onObligation: () => (obligations += 1) }), answer);
  return { milliseconds: processorTime() - started, obligations };
}

/** What the processor has done for this process, in milliseconds: where others use the machine it tells more than the clock. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Each round begins with another share, so that none is always the first. */
function inTurn<T>(items: readonly T[], round: number): T[] {
  return items.map((_, index) => items[(index + round) % items.length]).filter((item) => item !== undefined);
}
