import type ts from 'typescript';

/** A place that TypeScript could not parse. Offsets into the text, line from 1. */
export interface ParseError {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly message: string;
}

/** Lines from `first` to `last`, both counted from 1 and included. */
export interface LostLines {
  readonly first: number;
  readonly last: number;
}

export interface BlankedText {
  readonly text: string;
  readonly lost: readonly LostLines[];
}

/**
 * The text with the top-level statements that hold errors overwritten by spaces: every other offset and line stays as it is.
 * `reach: 'rest'` blanks from the first such statement to the end, for errors that swallow what follows them.
 */
export function blankLostStatements(tree: ts.SourceFile, errors: readonly ParseError[], reach: 'statements' | 'rest'): BlankedText {
  const ranges = statementsWithErrors(tree, errors);
  const [first] = ranges;
  const chosen = reach === 'rest' && first ? [{ start: first.start, end: tree.text.length }] : ranges;
  let text = tree.text;
  for (const { start, end } of chosen) text = text.slice(0, start) + text.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, ' ') + text.slice(end);
  return { text, lost: chosen.map(({ start, end }) => ({ first: lineOf(tree, start), last: lineOf(tree, Math.max(start, end - 1)) })) };
}

function statementsWithErrors(tree: ts.SourceFile, errors: readonly ParseError[]): { start: number; end: number }[] {
  const ranges = tree.statements
    .map((statement) => ({ start: statement.getStart(tree), end: statement.end }))
    .filter(({ start, end }) => errors.some((error) => error.start <= end && error.end >= start));
  // An error between statements (a stray brace at the end) belongs to none of them.
  for (const { start, end } of errors) {
    if (!ranges.some((range) => range.start <= start && end <= range.end)) ranges.push({ start, end: Math.max(end, start + 1) });
  }
  return ranges.sort((a, b) => a.start - b.start);
}

function lineOf(tree: ts.SourceFile, offset: number): number {
  return tree.getLineAndCharacterOfPosition(offset).line + 1;
}
