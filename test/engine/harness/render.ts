import type { Finding, Range } from '../../../src/engine/findings';
import type { Fixture } from './load';
import type { Difference } from './compare';

interface Note extends Range {
  readonly sign: string;
  readonly said: string;
}

/** The difference as a person reads it: the code around each place, what is asked for (-) and what was found (+) below it. */
export function renderDifference(fixture: Fixture, { missing, unexpected, wrong }: Difference): string {
  const notes: Note[] = [
    ...missing.map((mark) => ({ ...mark, sign: '-', said: `missing: ${mark.rule} ${mark.tier}` })),
    ...unexpected.map((finding) => ({ ...finding, sign: '+', said: `not expected: ${claim(finding)}` })),
    ...wrong.map(({ finding, why }) => ({ ...finding, sign: '!', said: `${why}\n${claim(finding)}` })),
  ];
  const lines = fixture.text.split('\n');
  const shown = new Set(notes.flatMap((note) => around(lineOf(fixture.text, note.start), lines.length)));
  let offset = 0;
  const out = [`${fixture.name}: ${missing.length} missing, ${unexpected.length} not expected, ${wrong.length} otherwise wrong`];
  for (const [index, line] of lines.entries()) {
    if (shown.has(index)) out.push(`${String(index + 1).padStart(4)} | ${line}`);
    for (const note of notes) {
      if (note.start < offset || note.start > offset + line.length) continue;
      const column = note.start - offset;
      const width = Math.max(1, Math.min(note.end - note.start, line.length - column));
      const gutter = `   ${note.sign} | ${' '.repeat(column)}`;
      const [first = '', ...rest] = note.said.split('\n');
      out.push(`${gutter}${'^'.repeat(width)} ${first}`, ...rest.map((more) => `${gutter}${more}`));
      if (note.sign !== '-') out.push(...pathOf(fixture.text, [...unexpected, ...wrong.map((one) => one.finding)], note).map((step) => `${gutter}${step}`));
    }
    offset += line.length + 1;
  }
  return out.join('\n');
}

function claim(finding: Finding): string {
  return `${finding.rule} ${finding.tier}: ${finding.message}`;
}

function pathOf(text: string, findings: readonly Finding[], note: Note): string[] {
  const finding = findings.find((candidate) => candidate.start === note.start && candidate.end === note.end);
  return (finding?.path ?? []).map((step) => `  line ${lineOf(text, step.start) + 1}: ${step.message}`);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

function around(line: number, count: number): number[] {
  return [line - 3, line - 2, line - 1, line, line + 1, line + 2, line + 3, line + 4].filter((index) => index >= 0 && index < count);
}
