import assert from 'node:assert/strict';
import { applySuppressions } from '../../src/configuration/suppress';
import { readSuppressions } from '../../src/configuration/suppressions';
import type { Finding } from '../../src/engine/findings';
import { RULE_IDS, type RuleId } from '../../src/engine/rules/registry';
import { convertSource, parseSource } from '../../src/workspace/parse';

const everyRule = { all: true, has: () => true };

/**
 * Finds a leak at each `open()` of the text and applies the text's suppressions. `kept`: the lines (from 1) of what is left;
 * `unused` and `notices`: the text that each lies on.
 */
function suppress(text: string, { rule = 'missing-release', ran = everyRule }: { rule?: RuleId; ran?: typeof everyRule | { all: boolean; has: (rule: RuleId) => boolean } } = {}) {
  const comments = convertSource(parseSource('case.ts', text)).module.ast.comments ?? [];
  const findings = [...text.matchAll(/open\(\)/g)].map(({ index }) => leakAt(index, rule));
  const suppressions = readSuppressions(comments);
  const { kept, suppressed, unused } = applySuppressions(findings, suppressions, { text, comments }, ran);
  assert.equal(kept.length + suppressed.length, findings.length);
  return {
    kept: kept.map(({ start }) => text.slice(0, start).split('\n').length),
    unused: unused.map(({ start, end }) => text.slice(start, end)),
    notices: suppressions.notices.filter((notice) => notice.rule !== 'unexplained-suppression').map(({ start, end, message }) => [text.slice(start, end), message]),
    unexplained: suppressions.notices.filter((notice) => notice.rule === 'unexplained-suppression').length,
  };
}

function leakAt(start: number, rule: RuleId): Finding {
  const range = { start, end: start + 'open()'.length };
  return { ...range, rule, tier: 'definite', message: 'leaks', resource: 'file', family: 'file', acquire: range, path: [{ ...range, message: 'opened' }] };
}

describe('suppressions', () => {
  it('cover the next line with code', () => {
    assert.deepEqual(suppress('// managed-scope-disable-next-line missing-release -- closed by the host\nopen();\nopen();').kept, [3]);
    assert.deepEqual(suppress('/* managed-scope-disable-next-line missing-release */\nopen();\nopen();').kept, [3]);
  });

  it('look over blank lines and other comments to the next line', () => {
    const stacked = '// managed-scope-disable-next-line missing-release\n\n// other-linter-disable-next-line\n/* more\n   of it */\nopen();\nopen();';
    const { kept, unused } = suppress(stacked);
    assert.deepEqual(kept, [7]);
    assert.deepEqual(unused, []);
  });

  it('do not look over code', () => {
    assert.deepEqual(suppress('// managed-scope-disable-next-line\nlet x = 1;\nopen();').kept, [3]);
  });

  it('cover their own line', () => {
    assert.deepEqual(suppress('open(); // managed-scope-disable-line missing-release -- said elsewhere\nopen();').kept, [2]);
    assert.deepEqual(suppress('/* managed-scope-disable-line */ open();\nopen();').kept, [2]);
  });

  it('cover the file from anywhere in it', () => {
    assert.deepEqual(suppress('open();\n/* managed-scope-disable-file missing-release -- a script */\nopen();').kept, []);
  });

  it('cover a block from disable to enable', () => {
    assert.deepEqual(suppress('open();\n/* managed-scope-disable missing-release -- generated */\nopen();\n/* managed-scope-enable missing-release */\nopen();').kept, [1, 5]);
  });

  it('cover the rest of the file where a block is not ended', () => {
    assert.deepEqual(suppress('open();\n/* managed-scope-disable */\nopen();').kept, [1]);
  });

  it('end one rule of a block, and keep the others', () => {
    const text = '/* managed-scope-disable missing-release, raw-factory */\nopen();\n/* managed-scope-enable raw-factory */\nopen();';
    assert.deepEqual(suppress(text, { rule: 'missing-release' }).kept, []);
    assert.deepEqual(suppress(text, { rule: 'raw-factory' }).kept, [4]);
  });

  it('end every rule with an enable that names none', () => {
    assert.deepEqual(suppress('/* managed-scope-disable missing-release */\n/* managed-scope-enable */\nopen();').kept, [3]);
  });

  it('cover only the rules that they name', () => {
    const text = '// managed-scope-disable-next-line raw-factory, dropped-resource -- two of them\nopen();';
    assert.deepEqual(suppress(text, { rule: 'dropped-resource' }).kept, []);
    assert.deepEqual(suppress(text, { rule: 'missing-release' }).kept, [2]);
  });

  it('are comments, not strings or templates', () => {
    const { kept, unused } = suppress('const s = "// managed-scope-disable-next-line";\nopen();\nconst t = `/* managed-scope-disable-file */`;');
    assert.deepEqual(kept, [2]);
    assert.deepEqual(unused, []);
  });

  it('work in JSX', () => {
    const text = 'const x = (\n  <p>\n    {/* managed-scope-disable-next-line */}\n    {open()}\n  </p>\n);';
    const comments = convertSource(parseSource('case.tsx', text)).module.ast.comments ?? [];
    const { kept } = applySuppressions([leakAt(text.indexOf('open()'), 'missing-release')], readSuppressions(comments), { text, comments }, everyRule);
    assert.deepEqual(kept, []);
  });

  it('work with every kind of line end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['// managed-scope-disable-next-line', 'open();', 'open();'].join(end);
      assert.equal(suppress(text).kept.length, 1, JSON.stringify(end));
    }
  });

  it('are reported where they are unused, rule by rule', () => {
    assert.deepEqual(suppress('// managed-scope-disable-next-line missing-release, raw-factory\nopen();').unused, ['raw-factory']);
    assert.deepEqual(suppress('// managed-scope-disable-next-line\nlet x;').unused, ['// managed-scope-disable-next-line']);
    assert.deepEqual(suppress('/* managed-scope-disable-file */').unused, ['/* managed-scope-disable-file */']);
    assert.deepEqual(suppress('// managed-scope-disable-next-line missing-release').unused, ['missing-release']);
  });

  it('are reported where an enable has nothing to enable', () => {
    assert.deepEqual(suppress('/* managed-scope-enable missing-release */').unused, ['/* managed-scope-enable missing-release */']);
    assert.deepEqual(suppress('/* managed-scope-disable raw-factory */ open(); /* managed-scope-enable missing-release */', { rule: 'raw-factory' }).unused, ['/* managed-scope-enable missing-release */']);
  });

  it('all get the credit when several cover one finding', () => {
    assert.deepEqual(suppress('/* managed-scope-disable-file missing-release */\nopen(); // managed-scope-disable-line missing-release').unused, []);
  });

  it('are not called unused for rules that did not run', () => {
    const ran = { all: false, has: (rule: RuleId) => rule === 'missing-release' };
    assert.deepEqual(suppress('// managed-scope-disable-next-line raw-factory\nopen();', { ran }).unused, []);
    assert.deepEqual(suppress('// managed-scope-disable-next-line\nlet x;', { ran }).unused, []);
    assert.deepEqual(suppress('// managed-scope-disable-next-line missing-release\nlet x;', { ran }).unused, ['missing-release']);
  });

  it('that name an unknown rule suppress nothing by it, and say so', () => {
    const { kept, notices, unused } = suppress('// managed-scope-disable-next-line mising-release -- why\nopen();');
    assert.deepEqual(kept, [2]);
    assert.deepEqual(notices, [['mising-release', '"mising-release" is no rule; did you mean "missing-release"?']]);
    assert.deepEqual(unused, []);
    assert.deepEqual(suppress('// managed-scope-disable-next-line nonsense, missing-release\nopen();').kept, []);
  });

  it('of an unknown form are told from other words', () => {
    assert.deepEqual(suppress('// managed-scope-disable-nextline -- why\nopen();').notices, [
      ['// managed-scope-disable-nextline -- why', '"managed-scope-disable-nextline" is no suppression; did you mean "managed-scope-disable-next-line"?'],
    ]);
    assert.deepEqual(suppress('// managed-scope-lint is a good idea\nopen();').notices, []);
    assert.deepEqual(suppress('// see managed-scope-disable-file\nopen();'), { kept: [2], unused: [], notices: [], unexplained: 0 });
  });

  it('are told when they give no reason', () => {
    assert.equal(suppress('// managed-scope-disable-next-line\nopen();').unexplained, 1);
    assert.equal(suppress('// managed-scope-disable-next-line missing-release --\nopen();').unexplained, 1);
    assert.equal(suppress('// managed-scope-disable-next-line -- the host closes it\nopen();').unexplained, 0);
    assert.equal(suppress('/* managed-scope-disable -- why */ open(); /* managed-scope-enable */').unexplained, 0);
  });

  it('may be written over several lines, with stars', () => {
    const { kept, notices } = suppress('/*\n * managed-scope-disable-file missing-release,\n *   raw-factory -- because\n *   of this\n */\nopen();');
    assert.deepEqual(kept, []);
    assert.deepEqual(notices, []);
  });

  it('know every rule', () => {
    for (const rule of RULE_IDS) assert.deepEqual(suppress(`open(); // managed-scope-disable-line ${rule} -- why`, { rule }).kept, [], rule);
  });
});
