import type { Analysis } from '../engine/analyse';
import type { Answers, Query } from '../engine/facts';
import type { Finding } from '../engine/findings';

/** Somebody who knows types, or nobody. */
export type Answerer = (queries: readonly Query[]) => Answers;

/** The answerer of a run without types. */
export const NOBODY: Answerer = (queries) => queries.map(() => undefined);

export type Progress = { readonly done: true; readonly findings: readonly Finding[] } | { readonly done: false; readonly queries: readonly Query[] };

/** Runs any coroutine of questions to its end, answering at once. */
export function answerAll<T>(questions: Generator<readonly Query[], T, Answers>, answer: Answerer): T {
  for (let step = questions.next([]); ; step = questions.next(step.value.length > 0 ? answer(step.value) : [])) if (step.done) return step.value;
}

/** Runs an analysis until it asks something or is done; checkpoints (empty batches) are passed over. */
export function runUntilAsked(analysis: Analysis, answers: Answers = []): Progress {
  for (let step = analysis.next(answers); ; step = analysis.next([])) {
    if (step.done) return { done: true, findings: step.value };
    if (step.value.length > 0) return { done: false, queries: step.value };
  }
}

/** Runs an analysis that asked `queries` to its end. */
export function runToEnd(analysis: Analysis, queries: readonly Query[], answer: Answerer): readonly Finding[] {
  for (let asked = queries; ; ) {
    const progress = runUntilAsked(analysis, answer(asked));
    if (progress.done) return progress.findings;
    asked = progress.queries;
  }
}
