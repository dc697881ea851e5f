import ts from 'typescript';
import { nameEnclosing } from '../../configuration/enclosing';
import type { SourceComment } from '../../configuration/suppressions';
import { analyse, type AnalyseOptions, type Analysis } from '../../engine/analyse';
import type { Answers, Query } from '../../engine/facts';
import type { Finding } from '../../engine/findings';
import { lifeOf, livesOfUsings, type Life } from '../../engine/lifecycle';
import { createAnswerer } from '../../types/answer';
import { messageOf } from '../batch';
import { NOBODY, type Answerer } from '../drive';
import { convertSource, parseSource, type ParsedFile } from '../parse';
import type { Checkpoint } from '../slices';
import type { LiveProgram } from './liveProgram';

/** What is known of a text, and what was asked of others to know it. */
export interface LiveAnalysis {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly owners: readonly string[];
  readonly comments: readonly SourceComment[];
  readonly lives: readonly Life[];
  /** There was a program to answer whatever was asked. */
  readonly typed: boolean;
  /** Typed, and nothing was left out. */
  readonly complete: boolean;
  readonly asked: readonly Exchange[];
  /** For the log. */
  readonly notes: readonly string[];
}

interface Exchange {
  readonly queries: readonly Query[];
  readonly answers: Answers;
}

/**
 * Analyses a text in slices: after each the event loop turns, and a newer version may have cancelled this one, in which case it rejects
 * with the signal's reason. Without a program every question goes unanswered.
 */
export async function analyseDocument(path: string, text: string, program: LiveProgram | undefined, options: AnalyseOptions, checkpoint: Checkpoint): Promise<LiveAnalysis> {
  const parsed = program ? program.parse(path, text) : parseSource(path, text);
  await checkpoint();
  const { module, lost } = convertSource(parsed);
  await checkpoint();
  const notes: string[] = [];
  const lives: Life[] = [];
  const asked: Exchange[] = [];
  const analysis = analyse(module, {
    ...options,
    onCrash: (error) => notes.push(`a rule failed on a function, which was left out: ${messageOf(error)}`),
    onObligation: (obligation, findings) => lives.push(lifeOf(obligation, findings)),
  });
  const findings = await drive(analysis, async (queries) => {
    const answers = program ? await answerInSlices(queries, program, parsed, checkpoint, notes) : NOBODY(queries);
    asked.push({ queries, answers });
    return answers;
  }, checkpoint);
  if (/\busing\b/.test(text)) lives.push(...livesOfUsings(module.ast, lives));
  const typed = program !== undefined;
  return {
    text,
    findings,
    owners: findings.map((finding) => nameEnclosing(module.ast, finding.acquire.start)),
    comments: module.ast.comments ?? [],
    lives,
    typed,
    complete: typed && notes.length === 0 && lost.length === 0,
    asked,
    notes,
  };
}

/**
 * The questions of an analysis have the same answers as before, although something that its file may import has changed: then all
 * that was concluded from them still holds. Much cheaper than analysing again: the text is neither parsed nor searched.
 */
export async function answersStillHold(analysis: LiveAnalysis, path: string, program: LiveProgram, checkpoint: Checkpoint): Promise<boolean> {
  const parsed = program.parse(path, analysis.text);
  for (const { queries, answers } of analysis.asked) {
    const now = await answerInSlices(queries, program, parsed, checkpoint, []);
    if (JSON.stringify(now) !== JSON.stringify(answers)) return false;
  }
  return true;
}

async function drive(analysis: Analysis, answer: (queries: readonly Query[]) => Promise<Answers>, checkpoint: Checkpoint): Promise<readonly Finding[]> {
  let answers: Answers = [];
  for (;;) {
    const step = analysis.next(answers);
    if (step.done) return step.value;
    answers = step.value.length === 0 ? [] : await answer(step.value);
    if (checkpoint.due()) await checkpoint();
  }
}

async function answerInSlices(queries: readonly Query[], program: LiveProgram, parsed: ParsedFile, checkpoint: Checkpoint, notes: string[]): Promise<Answers> {
  let answerer: Answerer;
  try {
    answerer = createAnswerer(ts, program.current(parsed), parsed.sourceFile);
  } catch (error) {
    notes.push(`TypeScript failed on the project: ${messageOf(error)}`);
    return NOBODY(queries);
  }
  const answers: Answers[number][] = [];
  for (const query of queries) {
    if (checkpoint.due()) await checkpoint();
    answers.push(...answerer([query]));
  }
  return answers;
}
