import assert from 'node:assert/strict';
import path from 'node:path';
import { combine } from '../../../src/engine/fixes/choose';
import { applyEdits } from '../../../src/engine/fixes/edit/plan';
import type { FixedFinding } from '../../../src/engine/fixes/fixes-of';
import { parseSource } from '../../../src/workspace/parse';
import { newTypeErrors } from './harness/compiler';
import { loadFixFixtures, type FixFixture, type Section } from './harness/fixture';
import { fixesIn } from './harness/make';

/** What is found, in words that stay the same whatever line it moves to. */
function tell({ finding }: FixedFinding): string {
  return `${finding.rule}: ${finding.message.replace(/line \d+/g, 'line')}`;
}

/** Applies first fixes, as many as go together, until none is offered. Every round has to leave fewer findings that have one. */
function settle(fixture: FixFixture, start: string): string {
  let text = start;
  for (let before = Infinity; ; ) {
    const open = fixesIn(fixture, text).filter(({ fixes }) => fixes.length > 0);
    if (open.length === 0) return text;
    assert.ok(open.length < before, `the fixes make as much as they mend:\n${open.map(tell).join('\n')}\n${text}`);
    before = open.length;
    text = applyEdits(text, combine(open.flatMap(({ fixes }) => fixes.slice(0, 1))).edits);
    assert.deepEqual(parseSource(fixture.pretendPath, text).errors, [], text);
  }
}

describe('fixes, applied again', () => {
  for (const fixture of loadFixFixtures()) {
    const offered = fixture.sections.filter((section): section is Section => section.expected !== 'none');
    if (offered.length === 0) continue;
    it(`${fixture.name}: each change is the last of its kind, and all of them come to an end`, () => {
      const before = fixesIn(fixture).map(tell);
      const settled: string[] = [];
      for (const { shape, after } of offered) {
        const left = fixesIn(fixture, after).filter(({ fixes }) => fixes.some((fix) => fix.shape === shape));
        // What has such a fix now was found before: the change made nothing that it would change once more.
        for (const one of left) assert.ok(before.includes(tell(one)), `${shape} would be applied to what it made: ${tell(one)}`);
        settled.push(settle(fixture, after));
      }
      assert.deepEqual(newTypeErrors(path.extname(fixture.pretendPath), [{ before: fixture.before, after: settled }]), []);
    });
  }
});
