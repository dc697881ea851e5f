import type { Range } from '../../findings';
import type { TextEdit } from '../fix';

/**
 * Edits that are being planned over the original text. Changes of indentation give way to whatever else happens to their line.
 * Insertions at one place keep the order in which they were planned.
 */
export class Plan {
  private readonly main: TextEdit[] = [];
  private readonly soft: TextEdit[] = [];

  replace({ start, end }: Range, text: string): this {
    this.main.push({ start, end, text });
    return this;
  }

  insert(at: number, text: string): this {
    return this.replace({ start: at, end: at }, text);
  }

  remove(range: Range): this {
    return this.replace(range, '');
  }

  /** Moves lines, given by their starts, to the right by one step of indentation. */
  indent(lines: readonly number[], unit: string): this {
    for (const start of lines) this.soft.push({ start, end: start, text: unit });
    return this;
  }

  /** Moves lines to the left by one step, as far as they have it. */
  dedent(lines: readonly number[], unit: string, text: string): this {
    for (const start of lines) {
      const [step] = text.slice(start, start + unit.length) === unit ? [unit] : (/^[\t ]{1,8}/.exec(text.slice(start, start + unit.length)) ?? ['']);
      if (step !== '') this.soft.push({ start, end: start + step.length, text: '' });
    }
    return this;
  }

  /** The edits in the order of the text; undefined when two of them concern the same text. */
  edits(): readonly TextEdit[] | undefined {
    const main = inOrder(this.main);
    for (let index = 1; index < main.length; index++) if ((main[index]?.start ?? 0) < (main[index - 1]?.end ?? 0)) return undefined;
    const soft = this.soft.filter((edit) => !main.some((other) => concerns(other, edit)));
    const shifts = new Map<number, TextEdit>();
    for (const edit of soft) {
      // A line that goes right and left again stays where it is.
      const twin = shifts.get(edit.start);
      if (twin === undefined) shifts.set(edit.start, edit);
      else if ((twin.text === '') !== (edit.text === '')) shifts.delete(edit.start);
      else shifts.set(edit.start, { start: edit.start, end: Math.max(twin.end, edit.end), text: twin.text + edit.text });
    }
    return inOrder([...shifts.values(), ...main]);
  }
}

/** The line whose indentation the soft edit changes is replaced from there on. */
function concerns(main: TextEdit, soft: TextEdit): boolean {
  return main.start <= soft.start && main.end > soft.start;
}

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort((one, other) => one.edit.start - other.edit.start || one.edit.end - other.edit.end || one.index - other.index)
    .map(({ edit }) => edit);
}

/** Applies edits that are in order and do not overlap. Throws a RangeError when they do. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) throw new RangeError(`an edit at ${String(edit.start)} overlaps the one before it, or lies outside of the text`);
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
