// The behaviours that CPython's tests of contextlib assert, numbered, and where each is shown here. Rows that are left out
// do not translate: docstrings, interpreter frames, re-entrant locks without task identity, process-global redirection.

/** Shown by a case of the behaviour suites, which names the row. */
export const byBehaviour: readonly number[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 21, 22, 24, 25, 26, 27, 29, 30, 31, 32, 34, 37, 39, 40, 41, 42, 44],
  ...[46, 47, 48, 49, 50, 51, 52, 53, 56, 57, 58, 59, 60, 61, 62, 64, 66],
];

/** Shown elsewhere: by the compiler (types.test), with a real file (node.test), by random plans (differential.test). */
export const elsewhere: Readonly<Record<number, string>> = { 23: 'types.test', 33: 'node.test', 55: 'differential.test' };
