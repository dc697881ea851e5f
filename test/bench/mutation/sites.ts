import { createHash } from 'node:crypto';
import path from 'node:path';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { nameEnclosing } from '../../../src/configuration/enclosing';
import { inspect, type InspectedObligation } from '../../../src/engine/inspect';
import type { Answers, Fact, Query } from '../../../src/engine/facts';
import type { Answerer } from '../../../src/workspace/drive';
import { runCoroutine, type ReadFile } from '../shared/read';
import type { FoundSource } from '../shared/sources';
import { makeMutants, type Mutant } from './mutants';

/** An acquire that the code handles rightly, as far as the engine sees, and what breaks it. */
export interface MutationSite {
  readonly source: FoundSource;
  readonly obligation: InspectedObligation;
  readonly mutants: readonly Mutant[];
  /** Syntax errors of the original. */
  readonly errors: number;
  /** The answers that were given about the original; offsets are the mutants' too. */
  readonly answer: Answerer;
}

/** Test code is judged as any other: the question is what the engine sees, not what it thinks of tests. */
export const OPTIONS = { test: false };

/** Remembers what was met, so that copies count once. By key, the file that had it first. */
export type Met = Map<string, string>;

/**
 * Finds the sites of one file: known acquires with a release and no finding. Left out are functions whose text was met before, and
 * those that another file of the same name has by the same name: packages ship their source and what several compilers made of it.
 */
export function sitesOf({ source, module, errors, answer }: ReadFile<FoundSource>, met: Met): MutationSite[] {
  const facts: Facts = new Map();
  const { obligations } = runCoroutine(inspect(module, OPTIONS), noteAnswers(answer, facts));
  const sites: MutationSite[] = [];
  for (const obligation of obligations) {
    const { acquire, owner, ownerKind, releases, nestedReleases, findings } = obligation;
    // What a module holds lives as long as the process; nothing is ever said of it.
    if (findings.length > 0 || ownerKind === T.Program || releases.length + nestedReleases.length === 0) continue;
    const key = createHash('sha256').update(`${String(acquire.start - owner.start)} ${source.text.slice(owner.start, owner.end)}`).digest('hex');
    const owned = nameEnclosing(module.ast, acquire.start);
    const copy = owned === '' ? key : `${path.basename(source.path).replace(/\..*$/, '')} ${owned} ${obligation.model}`;
    if (met.has(key) || (met.get(copy) ?? source.path) !== source.path) continue;
    const calls = [...releases.map((call) => ({ ...call, nested: false })), ...nestedReleases.map((call) => ({ ...call, nested: true }))];
    // Nothing is owed for what is over by itself; a pair of calls is known by its end only, and gone with it.
    if (obligation.lifetime === 'moment') continue;
    const mutants = makeMutants(module, calls, { scoped: obligation.lifetime === 'scoped' && obligation.holder !== 'nothing' });
    if (mutants.length === 0) continue;
    for (const one of [key, copy]) met.set(one, source.path);
    sites.push({ source, obligation, mutants, errors, answer: repeatAnswers(facts) });
  }
  return sites;
}

type Facts = Map<string, Fact | undefined>;

/** Passes questions on and notes what is answered. */
function noteAnswers(answer: Answerer, facts: Facts): Answerer {
  return (queries) => {
    const answers: Answers = answer(queries);
    queries.forEach((query, index) => facts.set(keyOf(query), answers[index]));
    return answers;
  };
}

/** Gives the noted answers again. Holds nothing but them: who answered first has a whole program in its hands. */
function repeatAnswers(facts: Facts): Answerer {
  return (queries) => queries.map((query) => facts.get(keyOf(query)));
}

function keyOf({ kind, start, end }: Query): string {
  return `${kind}:${String(start)}:${String(end)}`;
}

/** At most so many sites, spread evenly: the first of each file, origin by origin in turn, then the second of each. */
export function spread(sites: readonly MutationSite[], limit: number): MutationSite[] {
  const ranks = new Map<MutationSite, readonly [number, number]>();
  const perFile = new Map<string, number>();
  const perRound = new Map<string, number>();
  for (const site of sites) {
    const round = perFile.get(site.source.path) ?? 0;
    perFile.set(site.source.path, round + 1);
    const turnKey = `${site.source.origin}:${String(round)}`;
    const turn = perRound.get(turnKey) ?? 0;
    perRound.set(turnKey, turn + 1);
    ranks.set(site, [round, turn]);
  }
  const rankOf = (site: MutationSite): readonly [number, number] => ranks.get(site) ?? [0, 0];
  const order = new Map(sites.map((site, index) => [site, index]));
  return [...sites]
    .sort((one, other) => rankOf(one)[0] - rankOf(other)[0] || rankOf(one)[1] - rankOf(other)[1] || (order.get(one) ?? 0) - (order.get(other) ?? 0))
    .slice(0, limit)
    .sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
}
