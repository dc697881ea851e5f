import assert from 'node:assert/strict';
import path from 'node:path';
import { applyEdits } from '../../../src/engine/fixes/edit/plan';
import { combine } from '../../../src/engine/fixes/choose';
import type { Fix } from '../../../src/engine/fixes/fix';
import { parseSource } from '../../../src/workspace/parse';
import { compareRuns, leaksOf } from './harness/compare';
import { newTypeErrors } from './harness/compiler';
import { loadFixFixtures, rewriteFixture, TUTORIAL, type FixFixture } from './harness/fixture';
import { fixesIn } from './harness/make';

/** The rows of the tutorial that show something bad. The others show what is right, or what only a whole program has. */
const ROWS = ['01', '04', '05', '06', '11', '12', '14', '15', '16', '17', '21', '22'];
const MOST_ROUNDS = 5;

const fixtures = loadFixFixtures(TUTORIAL);

/** Applies the preferred fix of each finding until nothing is found any more. */
function fixAll(fixture: FixFixture): { readonly text: string; readonly first: Fix } {
  let text = fixture.before;
  let first: Fix | undefined;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = fixesIn(fixture, text);
    const preferred = found.flatMap(({ fixes }) => fixes.slice(0, 1));
    if (found.length === 0 && first) return { text, first };
    assert.ok(preferred.length > 0, `nothing is offered for: ${found.map(({ finding }) => finding.message).join(' ')}`);
    first ??= preferred[0];
    text = applyEdits(text, combine(preferred).edits);
  }
  throw new Error('the fixes never come to an end');
}

describe('a tutorial’s bad examples become its good ones', () => {
  it('has an example of every row', () => {
    const shown = new Set(fixtures.map(({ name }) => name.slice(0, 2)));
    assert.deepEqual([...shown].sort(), ROWS);
  });

  for (const fixture of fixtures) {
    describe(fixture.name, () => {
      const { text, first } = fixAll(fixture);
      if (process.env['MANAGED_SCOPE_UPDATE']) rewriteFixture(fixture, new Map([[first.shape, text]]));
      const [section, ...others] = fixture.sections;
      assert.ok(section && others.length === 0, 'one section says what becomes of it');

      it('the preferred fix makes the good form of it, in which nothing is found', () => {
        assert.equal(first.shape, section.shape);
        assert.equal(text, section.after);
        if (section.expected === 'safe') assert.equal(first.caution, undefined);
        else assert.ok(section.expected !== 'none' && first.caution?.includes(section.expected.caution), first.caution);
      });

      it('which parses, and type-checks no worse', () => {
        assert.deepEqual(parseSource(fixture.pretendPath, section.after).errors, []);
        assert.deepEqual(newTypeErrors(path.extname(fixture.pretendPath), [{ before: fixture.before, after: [section.after] }]), []);
      });

      if (fixture.runs.length === 0) return;
      it('and releases what the bad form leaks, once, in reverse, whatever throws', async () => {
        assert.notDeepEqual(await leaksOf(fixture), [], 'no run of it leaks: the example shows nothing');
        for (const expression of fixture.runs) await compareRuns(fixture, section, expression);
      });
    });
  }
});
