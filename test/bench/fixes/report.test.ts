import assert from 'node:assert/strict';
import type { Finding } from '../../../src/engine/findings';
import type { Fix } from '../../../src/engine/fixes/fix';
import { newOnes } from '../../engine/harness/newOnes';
import { report, type FindingRow } from './report';

const FINDING: Finding = { rule: 'missing-release', tier: 'definite', start: 1, end: 2, acquire: { start: 1, end: 2 }, message: '`a` is not closed.', resource: 'file handle', family: 'file', path: [] };
const FIX: Fix = { shape: 'using', title: 'Release `a`', safe: true, edits: [], within: { start: 0, end: 9 } };
const row = (finding: Partial<Finding>, fixes: readonly Fix[]): FindingRow => ({
  place: 'a.ts:1',
  finding: { ...FINDING, ...finding },
  fixes,
  applied: fixes.slice(0, 1).map((fix) => ({ fix, outcome: { after: '', problems: fix.safe ? [] : [{ problem: 'type-checks worse', detail: '2304: no `b`' }] } })),
  whole: true,
});

describe('bench: fixes', () => {
  it('counts what is offered by tier, and lists failures and what has no fix', () => {
    const shown = report([row({}, [FIX]), row({ message: 'nobody can mend this' }, []), row({ tier: 'potential' }, [{ ...FIX, safe: false, caution: 'it may run later' }])], []);
    assert.match(shown, /^definite +1\/2 +50 % +1\/2 +50 % +1\/2 +50 %$/m);
    assert.match(shown, /^potential +1\/1 +100 % +0\/1 +0 % +0\/1 +0 %$/m);
    assert.match(shown, /^using +2 +1 +2 +0 +1 +0 +0 +0$/m);
    assert.match(shown, /Failures\n {2}a\.ts:1 potential missing-release, using: type-checks worse\n {6}2304: no `b`/);
    assert.match(shown, /Definite without a fix\n {2}a\.ts:1 missing-release \(file\)\n {6}nobody can mend this$/);
  });

  it('says a diagnostic is new as often as it comes more often than before', () => {
    assert.deepEqual(newOnes(['a', 'a', 'b'], ['a', 'c', 'a', 'a']), ['c', 'a']);
    assert.deepEqual(newOnes(['a'], []), []);
  });
});
