import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isStyle, RULE_IDS } from '../../../src/engine/rules/registry';
import { readExpectations, type Expectations } from './expectations';

/** Fixtures are data: they are found from the repository's root, wherever the compiled tests lie. */
export const FIXTURES = path.join('test', 'engine', 'fixtures');

export interface Fixture extends Expectations {
  /** Relative to the fixtures' folder, with `/`. */
  readonly name: string;
  readonly text: string;
  /** Where the engine is told that the file lies. */
  readonly pretendPath: string;
  /** It is about how correct code could be written, which others are not asked about. */
  readonly style: boolean;
}

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** The names of all fixtures, sorted. */
export function fixtureNames(folder = FIXTURES): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** Reads one fixture. Throws FixtureError if its marks make no sense. */
export function loadFixture(name: string, folder = FIXTURES): Fixture {
  const text = readFileSync(path.join(folder, name), 'utf8');
  const expectations = readExpectations(text);
  // The folder's name is left out: "test" or "fixtures" in it would make every fixture test code.
  return { name, text, style: isAboutStyle(name), pretendPath: expectations.path ?? `src/${path.posix.basename(name)}`, ...expectations };
}

/** A fixture of a rule on style: what is correct is looked at only where that is the matter. */
export function isAboutStyle(name: string): boolean {
  return RULE_IDS.some((rule) => isStyle(rule) && name.startsWith(`${rule}/`));
}
