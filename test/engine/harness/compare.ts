import type { Finding } from '../../../src/engine/findings';
import type { ExpectedFinding } from './expectations';

/** How the engine's findings and a fixture's marks differ. */
export interface Difference {
  /** Expected, and no finding has that range, rule and tier. */
  readonly missing: readonly ExpectedFinding[];
  /** Found, and no mark asks for it. */
  readonly unexpected: readonly Finding[];
  /** Found where it is expected, but it says something else, or its witness goes another way. */
  readonly wrong: readonly { readonly finding: Finding; readonly why: string }[];
}

/** Every finding must be expected, and the other way round. */
export function compareFindings(text: string, expected: readonly ExpectedFinding[], found: readonly Finding[]): Difference {
  const unmatched = new Set(found);
  const missing: ExpectedFinding[] = [];
  const wrong: { finding: Finding; why: string }[] = [];
  for (const mark of expected) {
    const finding = [...unmatched].find((candidate) => fits(text, mark, candidate));
    if (!finding) {
      missing.push(mark);
      continue;
    }
    unmatched.delete(finding);
    const why = contradiction(text, mark, finding);
    if (why) wrong.push({ finding, why });
  }
  return { missing, unexpected: [...unmatched], wrong };
}

export function agrees(difference: Difference): boolean {
  return difference.missing.length + difference.unexpected.length + difference.wrong.length === 0;
}

function fits(text: string, mark: ExpectedFinding, finding: Finding): boolean {
  return finding.rule === mark.rule && finding.tier === mark.tier && finding.start === mark.start && clipToLine(text, finding) === mark.end;
}

/** A call that goes over several lines is marked on its first line only. */
function clipToLine(text: string, { start, end }: Finding): number {
  const newline = text.indexOf('\n', start);
  return newline === -1 ? end : Math.min(end, newline);
}

function contradiction(text: string, mark: ExpectedFinding, finding: Finding): string | undefined {
  if (mark.text && !finding.message.includes(mark.text)) return `the message does not contain ${mark.text}`;
  for (const step of mark.steps) {
    const there = finding.path.filter((candidate) => candidate.start === step.start);
    if (there.length === 0) return `the path has no step at ${at(text, step.start)}`;
    const said = step.text;
    if (said && !there.some((candidate) => candidate.message.includes(said))) return `the step at ${at(text, step.start)} does not say ${said}`;
  }
  return undefined;
}

function at(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  const column = before.at(-1)?.length ?? 0;
  const line = text.slice(offset - column).split('\n', 1)[0] ?? '';
  return `line ${before.length}, "${line.slice(column).trim()}"`;
}
