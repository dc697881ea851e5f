import assert from 'node:assert/strict';
import type { Finding } from '../../../src/engine/findings';
import { RULE_IDS } from '../../../src/engine/rules/registry';
import { misplacedMarks } from '../harness/check-marks';
import { agrees, compareFindings } from '../harness/compare';
import { fixtureNames, loadFixture, type Fixture } from '../harness/load';
import { parseText } from '../harness/parse';
import { renderDifference } from '../harness/render';
import { findIn } from '../harness/run';
import { forgetTypedFixtures, typedFixtures } from '../harness/typedFixtures';

const names = fixtureNames();
const fixtures = names.map((name) => loadFixture(name));

function judge(fixture: Fixture, found: readonly Finding[]): void {
  const difference = compareFindings(fixture.text, fixture.findings, found);
  if (!agrees(difference)) assert.fail(renderDifference(fixture, difference));
}

describe('fixtures', () => {
  it('mark calls and steps that exist', () => {
    assert.deepEqual(fixtures.flatMap(misplacedMarks), []);
  });

  it('are named after what they show', () => {
    const misnamed = fixtures.filter(({ name, findings }) => findings.length > 0 !== name.includes('/found-'));
    assert.deepEqual(misnamed.map(({ name }) => name), []);
  });

  it('show every rule at work, and where it stops', () => {
    const silent = (id: string): boolean => names.some((name) => name.startsWith(`${id}/silent-`));
    const found = (id: string): boolean => fixtures.some(({ name, findings }) => name.startsWith(`${id}/found-`) && findings.some(({ rule }) => rule === id));
    assert.deepEqual(RULE_IDS.filter((id) => !found(id) || !silent(id)), []);
  });
});

describe('fixtures, with nobody who knows types', () => {
  for (const fixture of fixtures) {
    if (fixture.facts === 'types') continue;
    it(fixture.name, () => {
      judge(fixture, findIn(parseText(fixture.pretendPath, fixture.text), undefined, fixture));
    });
  }
});

describe('fixtures, with TypeScript', () => {
  after(forgetTypedFixtures);

  const typed = fixtures.filter(({ facts }) => facts !== 'no-types');
  for (const [index, fixture] of typed.entries()) {
    it(fixture.name, () => {
      const one = typedFixtures()[index];
      assert.ok(one?.fixture.name === fixture.name);
      judge(fixture, findIn(one.module, one.answer, fixture));
    });
  }
});
