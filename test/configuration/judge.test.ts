import assert from 'node:assert/strict';
import { readConfiguration } from '../../src/configuration/configuration';
import { excludeBy } from '../../src/configuration/files';
import { judge } from '../../src/configuration/judge';
import { countLines } from '../../src/configuration/lines';
import type { Finding } from '../../src/engine/findings';

function configure(settings: object) {
  const { configuration, problems } = readConfiguration(JSON.stringify(settings), 'managed-scope.json');
  assert.deepEqual(problems, []);
  return configuration;
}

const range = { start: 0, end: 6 };
const leak: Finding = { ...range, rule: 'missing-release', tier: 'potential', message: 'leaks', resource: 'timer', family: 'timer', acquire: range, path: [] };

function severityOf(severities: object, finding = leak): string {
  const [verdict] = judge({ text: 'open()', comments: [], findings: [finding], complete: true }, configure({ severities }));
  return verdict?.severity ?? 'off';
}

describe('severities', () => {
  it('follow the tier by default', () => {
    assert.deepEqual((['definite', 'potential', 'hint'] as const).map((tier) => severityOf({}, { ...leak, tier })), ['warning', 'information', 'hint']);
  });

  it('are the rule’s before the family’s before the tier’s', () => {
    const tiers = { potential: 'error' };
    const families = { timer: 'hint' };
    assert.equal(severityOf({ tiers }), 'error');
    assert.equal(severityOf({ tiers, families }), 'hint');
    assert.equal(severityOf({ tiers, families, rules: { 'missing-release': 'warning' } }), 'warning');
    assert.equal(severityOf({ families: { file: 'error' }, rules: { 'raw-factory': 'error' } }), 'information');
  });

  it('take away what is off, at each step', () => {
    assert.equal(severityOf({ tiers: { potential: 'off' } }), 'off');
    assert.equal(severityOf({ families: { timer: 'off' } }), 'off');
    assert.equal(severityOf({ rules: { 'missing-release': 'off' } }), 'off');
  });
});

describe('words on suppressions', () => {
  const text = '// managed-scope-disable-next-line\nlet x;\n// managed-scope-disable-next-line bogus\n';
  const comments = [...text.matchAll(/\/\/(.*)/g)].map((match) => ({ type: 'Line', value: match[1] ?? '', range: [match.index, match.index + match[0].length] as const }));
  const told = (settings: object, complete = true) => judge({ text, comments, findings: [], complete }, configure(settings)).map(({ rule, severity }) => [rule, severity]);

  it('are said in a complete run', () => {
    assert.deepEqual(told({}), [['unused-suppression', 'information'], ['invalid-suppression', 'warning']]);
  });

  it('leave out the unused in an incomplete one', () => {
    assert.deepEqual(told({}, false), [['invalid-suppression', 'warning']]);
  });

  it('ask for reasons where reasons are required', () => {
    assert.deepEqual(told({ suppressions: { requireReason: true } }, false), [
      ['unexplained-suppression', 'hint'],
      ['unexplained-suppression', 'hint'],
      ['invalid-suppression', 'warning'],
    ]);
  });

  it('take the severity of their id', () => {
    assert.deepEqual(told({ severities: { rules: { 'unused-suppression': 'error', 'invalid-suppression': 'off' } } }), [['unused-suppression', 'error']]);
  });
});

describe('files', () => {
  const verdict = (files: object, file: string) => excludeBy(configure({ files }))(file);

  it('are all checked by default', () => { assert.equal(verdict({}, 'a/b.ts'), undefined); });

  it('are left out by globs and by folders', () => {
    assert.match(verdict({ exclude: ['**/*.gen.ts'] }, 'src/x.gen.ts') ?? '', /excluded/);
    for (const folder of ['src/gen', './src/gen', 'src/gen/']) assert.match(verdict({ exclude: [folder] }, 'src/gen/deep/x.ts') ?? '', /excluded/, folder);
    assert.equal(verdict({ exclude: ['src/gen'] }, 'src/general.ts'), undefined);
  });

  it('are taken only where included, and exclude wins', () => {
    assert.match(verdict({ include: ['src'] }, 'test/a.ts') ?? '', /not included/);
    assert.equal(verdict({ include: ['src'] }, 'src/a.ts'), undefined);
    assert.match(verdict({ include: ['src'], exclude: ['src/a.ts'] }, 'src/a.ts') ?? '', /excluded/);
  });
});

describe('lines', () => {
  it('end with \\n, \\r\\n and \\r, and count in UTF-16 units', () => {
    const text = 'a\nb\r\n😀c\rd';
    const lines = countLines(text);
    assert.equal(lines.count, 4);
    assert.deepEqual(lines.positionAt(text.indexOf('c')), { line: 3, column: 3 });
    assert.deepEqual(lines.positionAt(text.length), { line: 4, column: 2 });
    assert.deepEqual(lines.rangeOf(1), { start: 2, end: 3 });
  });

  it('do not count a byte order mark as a column', () => {
    assert.deepEqual(countLines('\uFEFFab\nc').positionAt(1), { line: 1, column: 1 });
    assert.deepEqual(countLines('\uFEFFab\nc').positionAt(4), { line: 2, column: 1 });
  });
});
