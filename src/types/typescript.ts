import type ts from 'typescript';

/** The compiler, as it is handed in: the bundled one, or the one that ESLint runs with. */
export type TypeScript = typeof ts;

/** What answering needs of a program. */
export interface TypeContext {
  readonly ts: TypeScript;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
}
