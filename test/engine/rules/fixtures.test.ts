import assert from 'node:assert/strict';
import type { Finding } from '../../../src/engine/findings';
import { RULE_IDS } from '../../../src/engine/rules/registry';
import { misplacedMarks } from '../harness/check-marks';
import { agrees, compareFindings } from '../harness/compare';
import { fixtureNames, FIXTURES, loadFixture, type Fixture } from '../harness/load';
import { parseText } from '../harness/parse';
import { renderDifference } from '../harness/render';
import { findIn } from '../harness/run';
import { typeTexts, type TypedModule } from '../harness/types';

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
    const shown = (id: string, shape: string): boolean => names.some((name) => name.startsWith(`${id}/${shape}-`));
    assert.deepEqual(RULE_IDS.filter((id) => !shown(id, 'found') || !shown(id, 'silent')), []);
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
  const typed = fixtures.filter(({ facts }) => facts !== 'no-types');
  let modules: TypedModule[] = [];

  before(() => {
    modules = typeTexts(typed.map(({ name, pretendPath, text }) => ({ file: `${FIXTURES}/${name}`, pretendPath, text })));
  });

  after(() => {
    modules = [];
  });

  for (const [index, fixture] of typed.entries()) {
    it(fixture.name, () => {
      const typedModule = modules[index];
      assert.ok(typedModule);
      judge(fixture, findIn(typedModule.module, typedModule.answer, fixture));
    });
  }
});
