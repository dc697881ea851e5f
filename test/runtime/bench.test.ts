// The benchmark runs, every form releases each time, and nothing is absurdly slow. What it prints is for people; the
// ratios themselves are read in a quiet run of test/bench/runtime/main.ts.
import { strict as assert } from 'node:assert';
import { ours, repeated } from '../bench/runtime/contenders';
import { measure } from '../bench/runtime/measure';
import { common } from './support/builds';

describe('runtime benchmark', () => {
  it('measures each form', async () => {
    const results = await measure(ours(common), 2000, 10);
    for (const { name, best, ratio } of results) {
      console.log(`      ${name.padEnd(36)} ${best.toFixed(0).padStart(6)} ns ${ratio.toFixed(2).padStart(6)}x`);
      // Ten times the hand-written form, for a machine that does other things too.
      assert.ok(ratio > 0 && ratio < 10, `${name}: ${ratio}`);
    }
    assert.equal(results[0]?.ratio, 1);
    assert.equal(results.length, 7);
  });

  it('refuses to time a form that does not release', async () => {
    await assert.rejects(measure([repeated('idle', () => Promise.resolve())], 10, 1), /idle released 0 of 10/);
  });
});
