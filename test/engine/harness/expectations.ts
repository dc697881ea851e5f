import { RULE_IDS, type RuleId } from '../../../src/engine/rules/registry';
import { TIERS, type Range, type Tier } from '../../../src/engine/findings';

/** A place that a witness must have a step at: offset of its start, and a text that the step's message must contain. */
export interface ExpectedStep {
  readonly start: number;
  readonly text: string | undefined;
}

/** What a row of `^` under the code asks for. `end` is clipped to the line that the finding starts on. */
export interface ExpectedFinding extends Range {
  readonly rule: RuleId;
  readonly tier: Tier;
  /** The message contains it. */
  readonly text: string | undefined;
  readonly steps: readonly ExpectedStep[];
}

/** What a fixture asks for, and how it wants to be run. */
export interface Expectations {
  /** `// @types`: runs only with facts by TypeScript; `// @no-types`: only with nobody answering; by default it holds either way. */
  readonly facts: 'types' | 'no-types' | 'either';
  /** `// @path x`: the file pretends to lie there. */
  readonly path: string | undefined;
  /** `// @engines >=20.0.0`: the versions of Node that its project admits; without spaces. */
  readonly engines: string | undefined;
  readonly findings: readonly ExpectedFinding[];
}

/** A fixture that cannot be read: its author's mistake, not the engine's. */
export class FixtureError extends Error {}

const MARK = /^(\s*\/\/\s*)(\^+|~+)(?:\s+(.*?))?\s*$/;
const FINDING = /^([a-z-]+) ([a-z]+)(?:: (.*))?$/;

interface Line {
  readonly text: string;
  readonly offset: number;
}

/** Reads the header and the marks of a fixture. Marks stand in comment lines below the line of code that they mean. */
export function readExpectations(text: string): Expectations {
  const lines = splitLines(text);
  const findings: (ExpectedFinding & { steps: ExpectedStep[] })[] = [];
  let code: Line | undefined;
  for (const [index, line] of lines.entries()) {
    const mark = MARK.exec(line.text);
    if (!mark) {
      code = line;
      continue;
    }
    const [, lead = '', run = '', said] = mark;
    if (!code) throw new FixtureError(`line ${index + 1}: a mark with no code above it`);
    const start = code.offset + lead.length;
    if (lead.length + run.length > code.text.length) throw new FixtureError(`line ${index + 1}: the mark reaches beyond the code above it`);
    if (run.startsWith('^')) findings.push({ start, end: start + run.length, ...readClaim(said, index), steps: [] });
    else {
      const finding = findings.at(-1);
      if (!finding) throw new FixtureError(`line ${index + 1}: a step before any finding`);
      finding.steps.push({ start, text: said });
    }
  }
  return { ...readHeader(lines[0]?.text ?? ''), findings };
}

function readHeader(line: string): Pick<Expectations, 'facts' | 'path' | 'engines'> {
  if (!line.startsWith('// @')) return { facts: 'either', path: undefined, engines: undefined };
  const facts = /@(types|no-types)\b/.exec(line)?.[1];
  return { facts: facts === 'types' || facts === 'no-types' ? facts : 'either', path: /@path (\S+)/.exec(line)?.[1], engines: /@engines (\S+)/.exec(line)?.[1] };
}

function readClaim(said: string | undefined, index: number): Pick<ExpectedFinding, 'rule' | 'tier' | 'text'> {
  const claim = FINDING.exec(said ?? '');
  const rule = RULE_IDS.find((id) => id === claim?.[1]);
  const tier = TIERS.find((name) => name === claim?.[2]);
  if (!rule || !tier) throw new FixtureError(`line ${index + 1}: expected "rule tier: text", got "${said ?? ''}"`);
  return { rule, tier, text: claim?.[3] };
}

function splitLines(text: string): Line[] {
  let offset = 0;
  return text.split('\n').map((line) => {
    const start = offset;
    offset += line.length + 1;
    return { text: line.replace(/\r$/, ''), offset: start };
  });
}
