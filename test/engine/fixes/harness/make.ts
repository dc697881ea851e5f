import assert from 'node:assert/strict';
import path from 'node:path';
import type { SourceModule } from '../../../../src/engine/analyse';
import type { Finding } from '../../../../src/engine/findings';
import { fixesOf, type FixedFinding } from '../../../../src/engine/fixes/fixes-of';
import { isStyle, RULE_IDS } from '../../../../src/engine/rules/registry';
import { answerAll, NOBODY } from '../../../../src/workspace/drive';
import { convertSource, parseSource } from '../../../../src/workspace/parse';
import { findIn } from '../../harness/run';
import { typeTexts } from '../../harness/types';
import { compile } from './compiler';
import type { FixFixture } from './fixture';

/** The text as the engine gets it. */
export function parseWithComments(pretendPath: string, text: string): SourceModule {
  return convertSource(parseSource(pretendPath, text), { comments: true }).module;
}

/** The findings of a fixture's text with all their fixes. */
export function fixesIn(fixture: FixFixture, text = fixture.before): readonly FixedFinding[] {
  const answer = fixture.types ? typeTexts([{ file: fixture.file, pretendPath: fixture.pretendPath, text }])[0]?.answer : undefined;
  const crashes: unknown[] = [];
  const found = answerAll(fixesOf(parseWithComments(fixture.pretendPath, text), (findings) => findings, fixture.ability, { style: isAboutStyle(fixture), onCrash: (error) => crashes.push(error) }), answer ?? NOBODY);
  if (crashes.length > 0) throw crashes[0] instanceof Error ? crashes[0] : new Error(String(crashes[0]));
  return found;
}

export function findingsIn(fixture: FixFixture, text: string): readonly Finding[] {
  return findIn(parseWithComments(fixture.pretendPath, text), undefined, { style: isAboutStyle(fixture) });
}

/** Correct code that could be written shorter is looked at where that is the matter. */
function isAboutStyle({ name }: FixFixture): boolean {
  return RULE_IDS.some((rule) => isStyle(rule) && name.startsWith(`${rule}/`));
}

/** The finding that the fixture is about. */
export function wantedIn(fixture: FixFixture, found: readonly FixedFinding[]): FixedFinding {
  const fitting = found.filter(({ finding }) => fixture.rule === undefined || finding.rule === fixture.rule);
  const [one] = fitting;
  assert.ok(one, `${fixture.name}: nothing is found${fixture.rule === undefined ? '' : ` of ${fixture.rule}`}`);
  if (fixture.rule === undefined) assert.equal(fitting.length, 1, `${fixture.name}: several findings; say @rule which one is meant`);
  return one;
}

/** What the compiler says against texts of one place, a list each. Codes and messages, without positions. */
export function typeErrorsOf(fixture: FixFixture, texts: readonly string[]): readonly (readonly string[])[] {
  return compile(texts, path.extname(fixture.pretendPath)).map((errors) => errors.map(({ code, message }) => `${String(code)}: ${message}`));
}
