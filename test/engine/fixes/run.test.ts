import assert from 'node:assert/strict';
import { compareRuns, leaksOf } from './harness/compare';
import { loadFixFixtures } from './harness/fixture';

const fixtures = loadFixFixtures().filter(({ runs }) => runs.length > 0);

describe('fixes, run', () => {
  for (const fixture of fixtures) {
    describe(fixture.name, () => {
      it('leaks as it is', async () => {
        assert.notDeepEqual(await leaksOf(fixture), [], 'no run of it leaks: the fixture shows nothing');
      });

      for (const section of fixture.sections) {
        if (section.expected === 'none') continue;
        it(`${section.shape}: releases once, in reverse, and the caller sees the same`, async () => {
          for (const expression of fixture.runs) await compareRuns(fixture, section, expression);
        });
      }
    });
  }
});
