import assert from 'node:assert/strict';
import type { SourceModule } from '../../../../src/engine/analyse';
import type { Finding } from '../../../../src/engine/findings';
import { fixesOf, type FixedFinding } from '../../../../src/engine/fixes/fixes-of';
import { answerAll, NOBODY, type Answerer } from '../../../../src/workspace/drive';
import { convertSource, parseSource } from '../../../../src/workspace/parse';
import { isAboutStyle } from '../../harness/load';
import { findIn } from '../../harness/run';
import { typeTexts } from '../../harness/types';
import type { FixFixture } from './fixture';

/** The text as the engine gets it. */
export function parseWithComments(pretendPath: string, text: string): SourceModule {
  return convertSource(parseSource(pretendPath, text), { comments: true }).module;
}

/** The findings of a fixture's text with all their fixes. */
export function fixesIn(fixture: FixFixture, text = fixture.before): readonly FixedFinding[] {
  const crashes: unknown[] = [];
  const found = answerAll(fixesOf(parseWithComments(fixture.pretendPath, text), (findings) => findings, fixture.ability, { style: isAboutStyle(fixture.name), onCrash: (error) => crashes.push(error) }), answererOf(fixture, text));
  if (crashes.length > 0) throw crashes[0] instanceof Error ? crashes[0] : new Error(String(crashes[0]));
  return found;
}

export function findingsIn(fixture: FixFixture, text: string): readonly Finding[] {
  return findIn(parseWithComments(fixture.pretendPath, text), answererOf(fixture, text), { style: isAboutStyle(fixture.name) });
}

function answererOf({ types, file, pretendPath }: FixFixture, text: string): Answerer {
  return (types ? typeTexts([{ file, pretendPath, text }])[0]?.answer : undefined) ?? NOBODY;
}

/** The finding that the fixture is about. */
export function wantedIn(fixture: FixFixture, found: readonly FixedFinding[]): FixedFinding {
  const fitting = found.filter(({ finding }) => fixture.rule === undefined || finding.rule === fixture.rule);
  const [one] = fitting;
  assert.ok(one, `${fixture.name}: nothing is found${fixture.rule === undefined ? '' : ` of ${fixture.rule}`}`);
  if (fixture.rule === undefined) assert.equal(fitting.length, 1, `${fixture.name}: several findings; say @rule which one is meant`);
  return one;
}
