import type ts from 'typescript';
import type { Answers, Query } from '../engine/facts';

export type TypeScript = typeof ts;

/** Answers the engine's questions about one file of a program. */
export function createAnswerer(_ts: TypeScript, _program: ts.Program, _file: ts.SourceFile): (queries: readonly Query[]) => Answers {
  return (queries) => queries.map(() => undefined);
}
