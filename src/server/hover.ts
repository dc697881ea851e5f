import { MarkupKind, type Hover, type Position } from 'vscode-languageserver/node';
import type { LineIndex } from '../configuration/lines';
import type { Range } from '../engine/findings';
import type { Exit, Life } from '../engine/lifecycle';
import type { CheckedDocument } from '../workspace/live/liveSession';
import { drawBoxes, type Box } from './diagram';
import { escapeMarkdown, escapeMessage, fence, oneLine } from './markdown';
import { offsetAt, rangeOf } from './positions';

/** Draws the life of the resource that is acquired where somebody points. */
export function hoverAt({ lives, text, lines, verdicts }: CheckedDocument, position: Position, markdown: boolean): Hover | undefined {
  const offset = offsetAt(position, lines);
  const life = innermost(lives, offset, lines);
  if (!life) return undefined;
  // What is suppressed, turned off or in the baseline is not told here either.
  const told = life.finding && verdicts.some(({ finding }) => finding === life.finding) ? life.finding : undefined;
  const source = { text, lines };
  const drawing = drawBoxes([enter(life, source), body(life, source), exit(life, told !== undefined, source)]);
  const path = told?.path.map((step, index) => `${String(index + 1)}. line ${String(lineOf(step.start, lines))}: ${markdown ? escapeMessage(step.message) : step.message}`) ?? [];
  const title = `${life.name === undefined ? '' : `${life.name}: `}the life of this ${life.noun}`;
  const value = markdown
    ? [`**${escapeMarkdown(title)}**`, fence(drawing), ...(path.length > 0 ? ['**The path on which it leaks**', path.join('\n')] : []), why(life)].join('\n\n')
    : [title, drawing, ...(path.length > 0 ? ['The path on which it leaks', path.join('\n')] : []), why(life)].join('\n\n');
  return { contents: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value }, range: rangeOf(life.acquire, lines) };
}

/** The life whose acquire is pointed at; else the one whose declaration begins on the line, as far as it stands there. */
function innermost(lives: readonly Life[], offset: number, lines: LineIndex): Life | undefined {
  const holds = ({ start, end }: Range): boolean => start <= offset && offset <= end;
  const smallest = (found: readonly Life[]): Life | undefined => found.toSorted((one, other) => lengthOf(one.statement) - lengthOf(other.statement))[0];
  const onLine = ({ statement, acquire }: Life): boolean => holds({ start: statement.start, end: acquire.start }) && lines.lineAt(offset) === lines.lineAt(acquire.start);
  return lives.filter(({ acquire }) => holds(acquire)).toSorted((one, other) => lengthOf(one.acquire) - lengthOf(other.acquire))[0] ?? smallest(lives.filter(onLine));
}

function lengthOf({ start, end }: Range): number {
  return end - start;
}

interface Source {
  readonly text: string;
  readonly lines: LineIndex;
}

function enter({ acquire, acquireAwaits }: Life, { text, lines }: Source): Box {
  return { title: 'enter', lines: [`line ${String(lineOf(acquire.start, lines))}: ${excerpt(acquire, text)}`, ...(acquireAwaits ? ['awaited: it is there once the promise is fulfilled'] : [])] };
}

function body({ statement, body: block, name }: Life, { lines }: Source): Box {
  const end = lineOf(Math.max(block.end - 1, 0), lines);
  const first = Math.min(lineOf(statement.end, lines) + 1, end);
  const last = Math.max(end - 1, first);
  const where = first === last ? `line ${String(last)}` : `lines ${String(first)} to ${String(last)}`;
  return { title: 'body', lines: [`${where}: ${name ?? 'it'} may be used`] };
}

const HANDED: Readonly<Record<Extract<Exit, { by: 'owner' }>['how'], string>> = {
  returned: 'returned: the caller releases it',
  stored: 'stored: its new owner releases it',
  passed: 'passed on: who gets it releases it',
  scoped: 'given to a scope, which releases it',
  settled: 'it sees to its own end',
  captured: 'kept by a function that releases it',
  'taken apart': 'taken apart: what it held goes on',
};

function exit({ exit: end, body: block, participle, release }: Life, leaks: boolean, { text, lines }: Source): Box {
  const skipped = leaks ? ['✗ skipped on the path below'] : [];
  switch (end.by) {
    case 'scope':
      return { title: 'exit (always)', lines: [`line ${String(lineOf(Math.max(block.end - 1, 0), lines))}: ${participle}${end.awaited ? ', awaited' : ''}`, 'also when the body throws or returns', ...skipped] };
    case 'calls': {
      const calls = end.calls.slice(0, 3).map((call) => `line ${String(lineOf(call.start, lines))}: ${excerpt(call, text)}`);
      const always = end.always && !leaks;
      return { title: always ? 'exit (always)' : 'exit', lines: [...calls, ...(end.calls.length > 3 ? [`and ${String(end.calls.length - 3)} more`] : []), ...skipped] };
    }
    case 'owner':
      return { title: 'exit', lines: [HANDED[end.how], ...skipped] };
    case 'nobody':
      return { title: 'exit', lines: [leaks ? `✗ never ${participle}${release === undefined ? '' : `: ${release} is missing`}` : 'not in this function'] };
  }
}

/** Which kind of scope fits, and why: what cleaning up awaits, only an async scope can wait for. */
function why({ releaseAwaits, acquireAwaits }: Life): string {
  if (releaseAwaits === undefined) return 'It can be released with and without waiting for it: `await using` waits, `using` does not.';
  if (releaseAwaits) return 'Its scope is async (`await using`): releasing it awaits.';
  return `A sync scope is enough (\`using\`): releasing it does not await${acquireAwaits ? '; acquiring it does, before the scope begins' : ''}.`;
}

function excerpt({ start, end }: Range, text: string): string {
  return oneLine(text.slice(start, Math.min(end, start + 200)));
}

function lineOf(offset: number, lines: LineIndex): number {
  return lines.lineAt(offset) + 1;
}
