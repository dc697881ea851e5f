import assert from 'node:assert/strict';
import type { Finding } from '../../../src/engine/findings';
import { agrees, compareFindings } from './compare';
import { FixtureError, readExpectations } from './expectations';

const TEXT = ['async function f(p) {', '  const fh = await open(p);', '//                 ^^^^^^^ missing-release definite: `fh`', '  await fh.stat();', '//~~~~~~~~~~~~~~~ throws', '}'].join('\n');

function found(change: Partial<Finding> = {}): Finding {
  const start = TEXT.indexOf('open(p)');
  const range = { start, end: start + 'open(p)'.length };
  const step = TEXT.indexOf('await fh.stat()');
  return {
    ...range,
    rule: 'missing-release',
    tier: 'definite',
    message: '`fh` is never closed',
    resource: 'file handle',
    family: 'file',
    acquire: range,
    path: [{ start: step, end: step + 5, message: 'it throws' }],
    ...change,
  };
}

describe('fixture expectations', () => {
  const { findings } = readExpectations(TEXT);
  const verdictOn = (...of: Finding[]): boolean => agrees(compareFindings(TEXT, findings, of));

  it('read the range, the claim and the steps', () => {
    assert.equal(findings.length, 1);
    const [mark] = findings;
    assert.equal(mark && TEXT.slice(mark.start, mark.end), 'open(p)');
    assert.deepEqual(mark?.steps, [{ start: TEXT.indexOf('await fh.stat()'), text: 'throws' }]);
  });

  it('agree with the finding that they describe, and with nothing less or more', () => {
    assert.ok(verdictOn(found()));
    assert.ok(!verdictOn());
    assert.ok(!verdictOn(found(), found()));
  });

  it('disagree on rule, tier, range, message and path', () => {
    for (const change of [{ rule: 'raw-factory' }, { tier: 'potential' }, { start: 0 }, { end: TEXT.length }, { message: 'it leaks' }, { path: [] }] as const) {
      assert.ok(!verdictOn(found(change)), JSON.stringify(change));
    }
  });

  it('refuse marks that make no sense', () => {
    assert.throws(() => readExpectations('  f();\n//^^^ no-such-rule definite'), FixtureError);
    assert.throws(() => readExpectations('  f();\n//^^^ missing-release surely'), FixtureError);
    assert.throws(() => readExpectations('  f();\n//~~~'), FixtureError);
    assert.throws(() => readExpectations('  f();\n//       ^^^ missing-release definite'), FixtureError);
  });

  it('read the header', () => {
    assert.deepEqual(readExpectations('// @types @path test/a.test.ts\n'), { facts: 'types', path: 'test/a.test.ts', engines: undefined, findings: [] });
    assert.deepEqual(readExpectations('// @engines >=20.0.0\n').engines, '>=20.0.0');
    assert.deepEqual(readExpectations('// @no-types\n').facts, 'no-types');
    assert.deepEqual(readExpectations('f();\n').facts, 'either');
  });
});
