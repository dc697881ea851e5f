import type { Fix, TextEdit } from '../../engine/fixes/fix';
import type { Verdict } from '../../configuration/judge';
import type { LineIndex } from '../../configuration/lines';

/** A fix as the JSON output has it: edits with the text that they are for. */
export interface ListedFix extends Pick<Fix, 'shape' | 'title' | 'safe' | 'caution' | 'addsRuntime'> {
  readonly edits: readonly (TextEdit & { readonly file: string; readonly sha256: string })[];
}

/** A finding's key among those of its file. */
export function keyOf({ rule, start, end }: Pick<Verdict, 'rule' | 'start' | 'end'>): string {
  return `${rule}:${String(start)}:${String(end)}`;
}

/** A file that was checked, with what is said of it. */
export interface ReportedFile {
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly verdicts: readonly Verdict[];
  /** The fixes of each finding, where they were asked for. */
  readonly fixes?: ReadonlyMap<string, readonly ListedFix[]>;
}

export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** All that a run has to say. */
export interface RunReport {
  /** Sorted by file. */
  readonly reported: readonly ReportedFile[];
  /** How many files were looked at. */
  readonly files: number;
  /** How many of them mention anything that could acquire, and were analysed. */
  readonly analysed: number;
  /** How many of those with types. */
  readonly typed: number;
  readonly skipped: readonly SkippedFile[];
  readonly milliseconds: number;
  /** Sentences on how the run went: what was worked around, what a baseline hides. */
  readonly notes: readonly string[];
}
