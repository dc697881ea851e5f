import assert from 'node:assert/strict';
import { RULE_IDS } from '../../../src/engine/rules/registry';
import { misplacedMarks } from '../harness/check-marks';
import { agrees, compareFindings } from '../harness/compare';
import { fixtureNames, loadFixture } from '../harness/load';
import { renderDifference } from '../harness/render';
import { findIn } from '../harness/run';

describe('fixtures', () => {
  const names = fixtureNames();

  it('mark calls and steps that exist', () => {
    assert.deepEqual(names.flatMap((name) => misplacedMarks(loadFixture(name))), []);
  });

  it('are named after what they show', () => {
    const misnamed = names.filter((name) => loadFixture(name).findings.length > 0 !== name.includes('/found-'));
    assert.deepEqual(misnamed, []);
  });

  it('show every rule at work, and where it stops', () => {
    const shown = (id: string, shape: string): boolean => names.some((name) => name.startsWith(`${id}/${shape}-`));
    assert.deepEqual(RULE_IDS.filter((id) => !shown(id, 'found') || !shown(id, 'silent')), []);
  });

  for (const name of names) {
    it(name, () => {
      const fixture = loadFixture(name);
      const difference = compareFindings(fixture.text, fixture.findings, findIn(fixture.pretendPath, fixture.text));
      if (!agrees(difference)) assert.fail(renderDifference(fixture, difference));
    });
  }
});
