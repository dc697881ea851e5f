import assert from 'node:assert/strict';
import { collectEntries, createBaselineFilter, printBaseline, readBaseline, takeFingerprint, type Fingerprint } from '../../src/configuration/baseline';
import { nameEnclosing } from '../../src/configuration/enclosing';
import type { Finding } from '../../src/engine/findings';
import { convertSource, parseSource } from '../../src/workspace/parse';

/** The fingerprint of a finding at the first `acquire` in the text. */
function fingerprint(text: string, acquire = 'open(p)', file = 'src/a.ts'): Fingerprint {
  const start = text.indexOf(acquire);
  assert.notEqual(start, -1);
  const range = { start, end: start + acquire.length };
  const finding: Finding = { ...range, rule: 'missing-release', tier: 'definite', message: '', resource: '', family: 'file', acquire: range, path: [] };
  return takeFingerprint(file, finding, nameEnclosing(convertSource(parseSource(file, text)).module.ast, start), text);
}

describe('fingerprints', () => {
  const text = 'export function load(p: string) {\n  const a = open(p);\n}\n';

  it('stay when lines move and white space changes', () => {
    assert.deepEqual(fingerprint(`// new\nimport x from 'x';\n\n${text}`), fingerprint(text));
    assert.deepEqual(fingerprint(text.replace('open(p)', 'open(\n  p)'), 'open(\n  p)').acquire, 'open( p)');
  });

  it('change with the file, the function and the acquire', () => {
    const before = JSON.stringify(fingerprint(text));
    assert.notEqual(JSON.stringify(fingerprint(text, 'open(p)', 'src/b.ts')), before);
    assert.notEqual(JSON.stringify(fingerprint(text.replace('load', 'save'))), before);
    assert.notEqual(JSON.stringify(fingerprint(text.replace('open(p)', 'open(q)'), 'open(q)')), before);
  });

  for (const [code, name] of [
    ['open(p)', ''],
    ['const f = () => open(p)', 'f'],
    ['const f = async function () { open(p) }', 'f'],
    ['class A { static { open(p) } }', 'A.static'],
    ['class A { #m() { open(p) } }', 'A.#m'],
    ['class A { f = () => open(p) }', 'A.f'],
    ['const o = { m() { open(p) }, n: 1 }', 'm'],
    ["module.exports.run = () => open(p)", 'run'],
    ['export default function () { open(p) }', 'default'],
    ['export default () => open(p)', 'default'],
    ['namespace N { export function f() { return () => { open(p) } } }', 'f'],
    ['function f() { function g() { open(p) } }', 'f.g'],
    ["const o = { 'a b': () => open(p) }", 'a b'],
  ] as const) {
    it(`name what is around: ${code}`, () => { assert.equal(fingerprint(code).within, name); });
  }
});

describe('a baseline', () => {
  const one: Fingerprint = { file: 'a.ts', rule: 'missing-release', within: 'f', acquire: 'open(p)' };
  const other: Fingerprint = { ...one, within: 'g' };

  it('is sorted, counted, and has an entry a line', () => {
    const entries = collectEntries([other, one, { ...one, file: 'B.ts' }, one]);
    assert.equal(
      printBaseline(entries),
      '{\n  "version": 1,\n  "findings": [\n' +
        '    {"file":"B.ts","rule":"missing-release","within":"f","acquire":"open(p)","count":1},\n' +
        '    {"file":"a.ts","rule":"missing-release","within":"f","acquire":"open(p)","count":2},\n' +
        '    {"file":"a.ts","rule":"missing-release","within":"g","acquire":"open(p)","count":1}\n  ]\n}\n',
    );
    assert.deepEqual(readBaseline(printBaseline(entries)), entries);
    assert.deepEqual(readBaseline(printBaseline([])), []);
  });

  it('hides as many as it counts, and says what it did not meet', () => {
    const filter = createBaselineFilter(collectEntries([one, one, other]));
    assert.deepEqual([filter.hides(one), filter.hides({ ...one }), filter.hides(one)], [true, true, false]);
    assert.deepEqual(filter.stale(), [{ ...other, count: 1 }]);
    assert.equal(filter.hidden, 2);
  });

  for (const [text, message] of [
    ['', /not JSON/],
    ['[]', /"findings" is missing/],
    ['{"version":2,"findings":[]}', /version is 2/],
    ['{"version":1,"findings":[{"file":"a"}]}', /entry 1 is not understood/],
    ['{"version":1,"findings":[{"file":"a","rule":"r","within":"","acquire":"","count":0}]}', /entry 1 is not understood/],
  ] as const) {
    it(`is refused when it reads ${text}`, () => { assert.throws(() => readBaseline(text), message); });
  }

  it('may hold rules of another version', () => {
    assert.equal(readBaseline('{"version":1,"findings":[{"file":"a","rule":"of-old","within":"","acquire":"","count":1}]}').length, 1);
  });
});
