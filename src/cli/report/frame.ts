import type { Colors } from 'picocolors/types';
import type { Step } from '../../engine/findings';
import type { ReportedFile } from './reported';
import { cleanCode, cleanLine, measureWidth } from './clean';

/** The widest that a line of code is printed; of longer ones the part around the mark is shown. */
const CODE_WIDTH = 120;
/** Columns kept before the mark when a line is cut. */
const LEAD = 40;

/**
 * Draws the steps of a path over the code, in the order in which they happen: each step's line, and below it the mark with the step's
 * number and message. The line before the first step gives the place. `...` stands where lines are left out or the path goes back.
 */
export function drawFrame(source: ReportedFile, steps: readonly Step[], colors: Colors): readonly string[] {
  const lineOf = (step: Step) => source.lines.lineAt(step.start);
  const gutter = String(Math.max(...steps.map(lineOf), 0) + 1).length;
  const code = (line: number, text: string) => `${colors.dim(`${String(line + 1).padStart(gutter)} |`)} ${text}`;
  const margin = colors.dim(`${' '.repeat(gutter)} |`);
  const drawn: string[] = [];
  let previous: number | undefined;
  let wordsAt = 0;
  steps.forEach((step, index) => {
    const line = lineOf(step);
    const cut = cutLine(source, line, step);
    if (previous === undefined && line > 0) {
      const before = source.lines.rangeOf(line - 1);
      const above = clip(cleanCode(source.text.slice(before.start, before.end)));
      if (above.trim() !== '') drawn.push(code(line - 1, above));
    }
    if (previous !== undefined && line !== previous && line !== previous + 1) drawn.push(`${' '.repeat(gutter)} ${colors.dim('...')}`);
    if (line !== previous) drawn.push(code(line, cut.text));
    const said = `${steps.length > 1 ? `${String(index + 1)}. ` : ''}${cleanLine(step.message)}`;
    const mark = (index === 0 ? colors.red : colors.yellow)('^'.repeat(cut.length));
    const before = steps[index - 1];
    const again = before?.start === step.start && before.end === step.end;
    const beside = cut.offset + cut.length + 1 + measureWidth(said) <= CODE_WIDTH;
    if (!again) {
      wordsAt = cut.offset + (beside ? cut.length + 1 : 0);
      drawn.push(`${margin} ${' '.repeat(cut.offset)}${mark}${beside ? ` ${said}` : ''}`.trimEnd());
    }
    // A second word on one place goes below the first; one that has no room beside its mark goes below that.
    if (again || !beside) drawn.push(`${margin} ${' '.repeat(wordsAt)}${said}`);
    previous = line;
  });
  return drawn;
}

interface Cut {
  readonly text: string;
  /** Where the mark starts and how long it is, in columns of `text`. */
  readonly offset: number;
  readonly length: number;
}

/** A line as it is printed, with the place of the step in it. What goes beyond the line is marked to the line's end. */
function cutLine({ text, lines }: ReportedFile, line: number, step: Step): Cut {
  const { start, end } = lines.rangeOf(line);
  const before = cleanCode(text.slice(start, Math.min(step.start, end)));
  const marked = cleanCode(text.slice(Math.min(step.start, end), Math.min(step.end, end)));
  const after = cleanCode(text.slice(Math.min(step.end, end), end));
  const whole = before + marked + after;
  if (measureWidth(whole) <= CODE_WIDTH) return { text: whole, offset: measureWidth(before), length: Math.max(1, measureWidth(marked)) };
  const lead = before.length > LEAD ? `...${before.slice(-LEAD)}` : before;
  const shown = clip(lead + marked + after);
  const offset = measureWidth(lead);
  return { text: shown, offset, length: Math.max(1, Math.min(measureWidth(marked), measureWidth(shown) - offset)) };
}

function clip(text: string): string {
  return text.length <= CODE_WIDTH ? text : `${text.slice(0, CODE_WIDTH - 3)}...`;
}
