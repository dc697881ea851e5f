import { cleanLine, measureWidth } from './report/clean';

/** What is needed of a terminal's stream. */
interface Terminal {
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): boolean;
}

/** Says how far a run has come. */
export interface Progress {
  show(done: number, total: number, file: string): void;
  clear(): void;
}

/** The shortest time between two updates, in milliseconds: a terminal should not be what takes the time. */
const INTERVAL = 80;
const CLEAR_LINE = '\r\u001B[K';

/** One line on a terminal, rewritten in place. Elsewhere nothing is shown. */
export function createProgress(stream: Terminal, wanted: boolean, now: () => number = Date.now): Progress {
  if (!wanted || !stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let last = -Infinity;
  let shown = false;
  return {
    show(done, total, file) {
      if (now() - last < INTERVAL) return;
      last = now();
      shown = true;
      stream.write(`${CLEAR_LINE}${fit(`${String(done)}/${String(total)} ${cleanLine(file)}`, stream.columns - 1)}`);
    },
    clear() {
      if (shown) stream.write(CLEAR_LINE);
      shown = false;
    },
  };
}

/** Cuts a line to the terminal's width: one that wraps could not be taken back. */
function fit(text: string, columns: number): string {
  let shown = '';
  let width = 0;
  for (const character of text) {
    width += measureWidth(character);
    if (width > columns) break;
    shown += character;
  }
  return shown;
}
