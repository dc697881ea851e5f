import type ts from 'typescript';
import type { Answers, Fact, Query } from '../engine/facts';
import { describeCall } from './calls';
import { TypeDescriber } from './describe';
import { findLent } from './lends';
import { findCall, findExpression } from './locate';
import type { TypeContext, TypeScript } from './typescript';

export type { TypeScript } from './typescript';

/** Types described so far, shared by all files of a program. */
const describers = new WeakMap<ts.Program, { context: TypeContext; describer: TypeDescriber }>();

/**
 * Answers the engine's questions about one file of a program. The offsets are those of the file's text in the program.
 * Never throws: what cannot be found, or crashes the checker, is `undefined`.
 */
export function createAnswerer(typescript: TypeScript, program: ts.Program, file: ts.SourceFile): (queries: readonly Query[]) => Answers {
  let shared = describers.get(program);
  if (!shared) {
    const context = { ts: typescript, program, checker: program.getTypeChecker() };
    describers.set(program, (shared = { context, describer: new TypeDescriber(context) }));
  }
  const { context, describer } = shared;
  return (queries) =>
    queries.map((query) => {
      try {
        return answer(context, describer, file, query);
      } catch {
        return undefined;
      }
    });
}

function answer(context: TypeContext, describer: TypeDescriber, file: ts.SourceFile, { kind, start, end }: Query): Fact | undefined {
  if (kind === 'call') {
    const call = findCall(context.ts, file, start, end);
    return call && describeCall(context, describer, call);
  }
  if (kind === 'lending') {
    const call = findCall(context.ts, file, start, end);
    return call && { kind, lent: findLent(context, call) };
  }
  const node = findExpression(context.ts, file, start, end);
  if (!node) return undefined;
  const type = context.checker.getTypeAtLocation(node);
  return { kind, type: describer.describeAwaited(type), promise: describer.isThenable(type) };
}
