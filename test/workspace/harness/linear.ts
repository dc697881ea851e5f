import { RegExpParser } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';

/** Stands for all characters: two sets that have none of these in common have none at all, as patterns here tell no others apart. */
const CHARACTERS = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), '\u00e9', '\u2028', '\u4e2d'];

type Characters = ReadonlySet<string>;

/** What a match needed on its way. */
type Way = readonly (Characters | Group)[];

/** One of its alternatives was needed. */
interface Group {
  readonly alternatives: readonly Way[];
}

/** What is known where a match has come to: runs that could still take the next character, and what had to be there before. */
interface State {
  readonly open: readonly Characters[];
  readonly passed: Way;
  /** No match begins behind such a character: a run of them is entered once. */
  readonly border: RegExp | undefined;
}

/** What a pattern may begin with that keeps it from beginning in the midst of a word. */
const BORDERS: ReadonlyMap<string, RegExp> = new Map([[String.raw`\b`, /\w/], [String.raw`(?<![\w$])`, /[\w$]/]]);

/**
 * Why a search for the pattern could take more than time in proportion to the text; undefined when it can't: every run without a bound is
 * of single characters, no run can take over from another, and a run is never entered from the midst of its own characters.
 */
export function whyNotLinear(pattern: string): string | undefined {
  try {
    for (const alternative of new RegExpParser().parsePattern(pattern).alternatives) follow(alternative.elements, { open: [], passed: [], border: BORDERS.get(alternative.elements[0]?.raw ?? '') });
    return undefined;
  } catch (error) {
    if (error instanceof NotLinear) return error.message;
    throw error;
  }
}

class NotLinear extends Error {}

function follow(elements: readonly AST.Element[], start: State): State {
  return elements.reduce((state, element) => step(element, state), start);
}

function step(element: AST.Element, state: State): State {
  switch (element.type) {
    case 'Assertion':
      // What is looked at is read anew at each place.
      if ('alternatives' in element && /[*+{]/.test(element.raw)) throw new NotLinear(`${element.raw} looks at more than a character or two`);
      return state;
    case 'Group':
    case 'CapturingGroup': {
      const ends = element.alternatives.map((alternative) => follow(alternative.elements, state));
      return { ...state, open: unique(ends.flatMap(({ open }) => open)), passed: [...state.passed, { alternatives: ends.map(({ passed }) => passed.slice(state.passed.length)) }] };
    }
    case 'Quantifier':
      return repeat(element, state);
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass': {
      const taken = charactersOf(element);
      return { ...state, open: state.open.filter((run) => overlap(run, taken)), passed: [...state.passed, taken] };
    }
    default:
      throw new NotLinear(`${element.raw} is not understood`);
  }
}

function repeat({ element, min, max, raw }: AST.Quantifier, state: State): State {
  if (max !== Infinity) {
    const once = step(element, state);
    // A run of one round can take over from that of the round before.
    const again = max > 1 ? step(element, once) : once;
    const open = unique([...(min > 0 ? [] : state.open), ...once.open, ...again.open]);
    return { ...state, open, passed: min > 0 ? once.passed : state.passed };
  }
  if (element.type !== 'Character' && element.type !== 'CharacterSet' && element.type !== 'CharacterClass') throw new NotLinear(`${raw} repeats what is more than a character`);
  const run = charactersOf(element);
  if (state.open.some((other) => overlap(other, run))) throw new NotLinear(`${raw} can take over from a run before it`);
  const entered = [...run].every((character) => state.border?.test(character) === true) || needsAnother(state.passed, run);
  if (!entered) throw new NotLinear(`${raw} can be entered from each of its own characters`);
  return min > 0 ? { ...state, open: [run], passed: [...state.passed, run] } : { ...state, open: [...state.open, run] };
}

/** On the way there was a character that the run does not take, whichever alternatives it went by. */
function needsAnother(way: Way, run: Characters): boolean {
  return way.some((one) => ('alternatives' in one ? one.alternatives.every((alternative) => needsAnother(alternative, run)) : !overlap(one, run)));
}

function charactersOf(element: AST.Character | AST.CharacterSet | AST.CharacterClass): Characters {
  const one = new RegExp(`^${element.raw}$`, 'is');
  return new Set(CHARACTERS.filter((character) => one.test(character)));
}

function overlap(one: Characters, other: Characters): boolean {
  return [...one].some((character) => other.has(character));
}

function unique(runs: readonly Characters[]): Characters[] {
  const keys = new Map(runs.map((run) => [[...run].join(''), run]));
  return [...keys.values()];
}
