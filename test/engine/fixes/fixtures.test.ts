import assert from 'node:assert/strict';
import path from 'node:path';
import { applyEdits } from '../../../src/engine/fixes/edit/plan';
import type { Fix, FixShape } from '../../../src/engine/fixes/fix';
import { parseSource } from '../../../src/workspace/parse';
import { newTypeErrors } from './harness/compiler';
import { loadFixFixtures, rewriteFixture, type FixFixture } from './harness/fixture';
import { findingsIn, fixesIn, wantedIn } from './harness/make';

const fixtures = loadFixFixtures();

/** How often each rule speaks. */
function countRules(findings: readonly { readonly rule: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

function checkSafety(fix: Fix, expected: 'safe' | { readonly caution: string }): void {
  if (expected === 'safe') assert.equal(fix.caution, undefined);
  else assert.ok(fix.caution?.includes(expected.caution), `the caution is: ${fix.caution ?? 'none, the fix is safe'}`);
  assert.equal(fix.safe, expected === 'safe');
}

function checkFinding(fixture: FixFixture, after: string, rule: string): void {
  const before = countRules(findingsIn(fixture, fixture.before));
  const left = countRules(findingsIn(fixture, after));
  assert.ok((left.get(rule) ?? 0) < (before.get(rule) ?? 0), `${rule} is found as before`);
  for (const [other, count] of left) if (other !== rule) assert.ok(count <= (before.get(other) ?? 0), `the fix makes a finding of ${other}`);
}

describe('fixes', () => {
  for (const fixture of fixtures) {
    describe(fixture.name, () => {
      const found = wantedIn(fixture, fixesIn(fixture));
      const made = new Map<FixShape, string>(found.fixes.map((fix) => [fix.shape, applyEdits(fixture.before, fix.edits)]));
      if (process.env['MANAGED_SCOPE_UPDATE']) rewriteFixture(fixture, made);

      for (const { shape, expected, after } of fixture.sections) {
        if (expected === 'none') {
          it(`${shape} is not offered`, () => {
            assert.equal(made.get(shape), undefined);
          });
          continue;
        }
        it(`${shape}: the text, and how safe it is`, () => {
          const fix = found.fixes.find((one) => one.shape === shape);
          assert.ok(fix, `not offered, only ${[...made.keys()].join(', ')}`);
          assert.equal(made.get(shape), after);
          checkSafety(fix, expected);
        });

        it(`${shape}: parses, and repairs without breaking anything`, () => {
          assert.deepEqual(parseSource(fixture.pretendPath, after).errors, []);
          checkFinding(fixture, after, found.finding.rule);
        });
      }

      it('type-checks no worse', () => {
        const afters = fixture.sections.filter(({ expected }) => expected !== 'none').map(({ after }) => after);
        assert.deepEqual(newTypeErrors(path.extname(fixture.pretendPath), [{ before: fixture.before, after: afters }]), []);
      });
    });
  }
});
