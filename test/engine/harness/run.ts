import { analyse, type Analysis } from '../../../src/engine/analyse';
import type { Answers, Query } from '../../../src/engine/facts';
import type { Finding } from '../../../src/engine/findings';
import { parseFixture } from './parse';

/** Answers a batch of questions, in order. */
export type Answerer = (queries: readonly Query[]) => Answers;

/** Nobody knows types: the engine decides by imports and names. */
export const nobody: Answerer = (queries) => queries.map(() => undefined);

/** A rule that crashed loses its function silently in the product; here it is a failure. */
export class EngineCrash extends Error {}

/** Runs the analysis over a text to its end. Throws EngineCrash if any part of it crashed. */
export function findIn(path: string, text: string, answer: Answerer = nobody): readonly Finding[] {
  const crashes: string[] = [];
  const onCrash = (error: unknown, where: { start: number }): void => {
    crashes.push(`at offset ${where.start}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  const findings = drive(analyse(parseFixture(path, text), { onCrash }), answer);
  if (crashes.length > 0) throw new EngineCrash(`the engine crashed\n${crashes.join('\n')}`);
  return findings;
}

function drive(analysis: Analysis, answer: Answerer): readonly Finding[] {
  let turn = analysis.next([]);
  while (!turn.done) turn = analysis.next(answer(turn.value));
  return turn.value;
}
