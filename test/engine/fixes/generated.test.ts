import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/engine/fixes/edit/plan';
import type { Fix, FixAbility } from '../../../src/engine/fixes/fix';
import { fixesOf } from '../../../src/engine/fixes/fixes-of';
import { answerAll, NOBODY } from '../../../src/workspace/drive';
import { parseSource } from '../../../src/workspace/parse';
import { movedBefore } from './harness/compare';
import { compile } from './harness/execute';
import { NODE_24 } from './harness/fixture';
import { parseWithComments } from './harness/make';
import { generateProgram } from './harness/programs';

const ABILITY: FixAbility = { ...NODE_24, stacks: false, versions: { node: '>=20' } };
const SHAPES = new Set(['using', 'stack', 'adapter', 'try-finally']);
const PROGRAMS = 40;

async function checkFix(text: string, fix: Fix): Promise<void> {
  const after = applyEdits(text, fix.edits);
  assert.deepEqual(parseSource('src/a.ts', after).errors, []);
  const [old, fixed] = [compile(text, 'a.ts'), compile(after, 'a.ts')];
  for (const call of ['f(true)', 'f(false)']) {
    const most = Math.max((await old(call)).fallible, (await fixed(call)).fallible);
    for (let at = -1; at < most; at++) {
      const faults = at < 0 ? {} : { at };
      const [was, is] = [await old(call, faults), await fixed(call, faults)];
      const where = `${fix.shape}, ${call} with ${JSON.stringify(faults)}\n${text}\n${after}`;
      assert.deepEqual(is.leaked, [], where);
      // A program that releases twice, or uses what it has released, was wrong in another way.
      if (was.violations.length > 0) continue;
      assert.deepEqual(is.violations, [], where);
      assert.equal(is.outcome, was.outcome, where);
      if (fix.safe) assert.deepEqual(movedBefore(was, is), [], where);
    }
  }
}

describe('fixes of generated programs', () => {
  it('release on every path, and change nothing else that can be seen', async () => {
    let checked = 0;
    for (let seed = 0; seed < PROGRAMS; seed++) {
      const text = generateProgram(seed);
      const found = answerAll(fixesOf(parseWithComments('src/a.ts', text), (findings) => findings.filter(({ tier }) => tier === 'definite'), ABILITY), NOBODY);
      for (const fix of found.flatMap(({ fixes }) => fixes)) {
        if (!SHAPES.has(fix.shape)) continue;
        await checkFix(text, fix);
        checked += 1;
      }
    }
    assert.ok(checked > PROGRAMS, `only ${String(checked)} fixes were made`);
  });
});
