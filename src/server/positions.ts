import type { Position, Range } from 'vscode-languageserver/node';
import type { LineIndex } from '../configuration/lines';
import type { Range as Offsets } from '../engine/findings';

/** Offsets as the protocol writes them: lines and characters from 0, in UTF-16 units. */
export function rangeOf({ start, end }: Offsets, lines: LineIndex): Range {
  return { start: positionAt(start, lines), end: positionAt(end, lines) };
}

function positionAt(offset: number, lines: LineIndex): Position {
  const { line, column } = lines.positionAt(offset);
  return { line: line - 1, character: column - 1 };
}

/** The offset of a position; past the end of a line it is the line's end, past the last line the text's. */
export function offsetAt({ line, character }: Position, lines: LineIndex): number {
  const { start, end } = lines.rangeOf(Math.max(0, Math.min(line, lines.count - 1)));
  return line >= lines.count ? end : Math.min(start + Math.max(0, character), end);
}

/** Two ranges have a place in common; touching counts, as a cursor at the end of a word means the word. */
export function touches(one: Offsets, other: Offsets): boolean {
  return one.start <= other.end && other.start <= one.end;
}
