import assert from 'node:assert/strict';
import { median } from './measure';
import { excerpt, readReport, volumes, type ReportedFinding } from './report';

const FINDING: ReportedFinding = { file: 'src/a.ts', rule: 'missing-release', tier: 'definite', message: 'not closed', line: 2, path: [{ line: 2, message: 'opened' }, { line: 3, message: 'lost' }] };

describe('bench: repository reports', () => {
  it('counts per 1,000 lines, test files apart, surest tier first', () => {
    const rows = volumes([{ ...FINDING, tier: 'potential' }, FINDING, FINDING, { ...FINDING, file: 'test/a.ts' }], { source: 4000, test: 500 });
    assert.deepEqual(rows, [
      ['definite', 2, '0.500', 1, '2.000'],
      ['definite missing-release', 2, '0.500', 1, '2.000'],
      ['potential', 1, '0.250', 0, '0.000'],
      ['potential missing-release', 1, '0.250', 0, '0.000'],
    ]);
  });

  it('shows the code with the path under its lines', () => {
    const shown = excerpt(FINDING, 'a\nb\nc\n');
    assert.match(shown, /^### definite missing-release src\/a.ts:2\n\nnot closed\n/);
    assert.match(shown, />    2 \| b\n {8}\^ opened\n {5}3 \| c\n {8}\^ lost/);
  });

  it('refuses what is no report', () => {
    assert.throws(() => readReport('{"version":2}'), /not a report/);
    assert.equal(readReport('{"version":1,"findings":[],"summary":{"files":0,"typed":0,"skipped":[]}}').findings.length, 0);
  });

  it('takes the middle of several runs', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1]), 2.5);
  });
});
