import type { Range } from '../engine/findings';

/** Where the lines of a text begin. Lines count from 0; `\n`, `\r\n` and `\r` end one, as in editors and the language server protocol. */
export interface LineIndex {
  readonly count: number;
  /** The line of an offset. */
  lineAt(offset: number): number;
  /** The line's range without its end-of-line marks. */
  rangeOf(line: number): Range;
  /** Line and column of an offset, both from 1, in UTF-16 units. */
  positionAt(offset: number): Position;
}

/** From 1, in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A byte order mark takes no column: editors don't show it. */
export function countLines(text: string): LineIndex {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    count: starts.length,
    lineAt,
    rangeOf(line) {
      const start = starts[line] ?? text.length;
      const next = starts[line + 1] ?? text.length;
      return { start, end: start + text.slice(start, next).replace(/[\r\n]+$/, '').length };
    },
    positionAt(offset) {
      const line = lineAt(offset);
      const start = line === 0 ? mark : (starts[line] ?? 0);
      return { line: line + 1, column: Math.max(0, offset - start) + 1 };
    },
  };
}
