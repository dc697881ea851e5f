import { inspect, type InspectedEffect, type InspectedObligation } from '../../../src/engine/inspect';
import { TIERS, type Tier } from '../../../src/engine/findings';
import type { Answerer } from '../../../src/workspace/drive';
import { convertSource, parseSource } from '../../../src/workspace/parse';
import { runCoroutine } from '../shared/read';
import type { Mutant, Mutation } from './mutants';
import { OPTIONS, type MutationSite } from './sites';

/** What the engine says of one mutant. */
export interface Outcome {
  readonly site: MutationSite;
  readonly mutation: Mutation;
  /** The surest finding at the acquire; absent when there is none. */
  readonly tier: Tier | undefined;
  readonly rule: string | undefined;
  /** For what is not found: what the engine made of the mutant instead. */
  readonly reason: string | undefined;
}

/** Definite or potential. */
export function isFound({ tier }: Outcome): boolean {
  return tier === 'definite' || tier === 'potential';
}

/** Runs the engine on a mutant, whose questions are answered as the original's. Throws if it does not parse: the mutator's mistake. */
export function tryMutant(site: MutationSite, { mutation, text }: Mutant, answer: Answerer): Outcome {
  const parsed = parseSource(site.source.path, text);
  if (parsed.errors.length > site.errors) throw new Error(`${site.source.path}: the mutant (${mutation}) does not parse: ${parsed.errors[0]?.message ?? ''}`);
  const { start, end } = site.acquire;
  const { obligations, findings } = runCoroutine(inspect(convertSource(parsed).module, OPTIONS), answer);
  const there = obligations.filter(({ acquire }) => acquire.start === start && acquire.end === end);
  const said = findings.filter(({ acquire }) => acquire.start === start && acquire.end === end);
  const finding = TIERS.flatMap((tier) => said.find((one) => one.tier === tier) ?? [])[0];
  const outcome = { site, mutation, tier: finding?.tier, rule: finding?.rule };
  return { ...outcome, reason: isFound({ ...outcome, reason: undefined }) ? undefined : finding ? `only a hint (${finding.rule})` : site.obligation ? explainSilence(there[0]) : 'no rule speaks' };
}

/** The first thing that keeps the engine silent, in words that stay the same for the same cause. */
function explainSilence(obligation: InspectedObligation | undefined): string {
  if (obligation === undefined) return 'no obligation: the acquire is not recognised';
  const { effects, lifetime, holder } = obligation;
  const released = effects.some(({ kind }) => kind === 'release');
  const transfer = effects.find(({ kind }) => kind === 'transfer');
  const unknown = effects.find(({ kind }) => kind === 'unknown');
  if (released) return transfer ? `released elsewhere, handed on: ${howOf(transfer)}` : unknown ? `released elsewhere, unknown callee: ${howOf(unknown)}` : 'released elsewhere, no path around it';
  if (transfer) return `handed on: ${howOf(transfer)}`;
  if (unknown) return `unknown callee: ${howOf(unknown)}`;
  if (lifetime !== 'scoped') return `lifetime ${lifetime}`;
  if (holder === 'receiver' || holder === 'argument') return `held by the ${holder}`;
  return 'no path';
}

function howOf({ how, callee }: InspectedEffect): string {
  return [how, callee].filter((part) => part !== undefined).join(' ') || 'as an argument';
}
