import { oneLine } from './markdown';

/** One station of a life, drawn as a box. */
export interface Box {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The widest line that is drawn, in characters: hovers are narrow. */
const MOST = 64;

/** Boxes under each other, joined by a line. */
export function drawBoxes(boxes: readonly Box[]): string {
  const shown = boxes.map(({ title, lines }) => ({ title, lines: lines.map(shorten) }));
  const width = Math.max(24, ...shown.flatMap(({ title, lines }) => [title.length + 3, ...lines.map((line) => [...line].length)]));
  const middle = Math.floor(width / 2) + 1;
  return shown
    .map(({ title, lines }, index) => {
      const head = `─ ${title} ${'─'.repeat(width + 2 - title.length - 3)}`;
      const top = index === 0 ? head : replaceAt(head, Math.max(middle, title.length + 4), '┴');
      const bottom = '─'.repeat(width + 2);
      const foot = index === shown.length - 1 ? bottom : replaceAt(bottom, Math.max(middle, (shown[index + 1]?.title.length ?? 0) + 4), '┬');
      return [`┌${top}┐`, ...lines.map((line) => `│ ${line}${' '.repeat(width - [...line].length)} │`), `└${foot}┘`].join('\n');
    })
    .join('\n');
}

function shorten(line: string): string {
  const letters = [...oneLine(line)];
  return letters.length <= MOST ? letters.join('') : `${letters.slice(0, MOST - 3).join('')}...`;
}

function replaceAt(text: string, index: number, letter: string): string {
  return text.slice(0, index) + letter + text.slice(index + 1);
}
