import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION, readConfiguration } from '../../src/configuration/configuration';

/** Reads a configuration and gives each problem as the text it lies on and its message. */
function read(text: string) {
  const { configuration, problems } = readConfiguration(text, '/project/managed-scope.json');
  return { configuration, problems: problems.map(({ start, end, message }) => [text.slice(start, end), message]) };
}

describe('readConfiguration', () => {
  it('takes comments and trailing commas', () => {
    const { configuration, problems } = read('{\n  // ours\n  "failOn": "potential", /* soon */\n  "files": { "exclude": ["gen/**",], },\n}');
    assert.deepEqual(problems, []);
    assert.equal(configuration.failOn, 'potential');
    assert.deepEqual(configuration.files, { include: [], exclude: ['gen/**'] });
  });

  it('takes a byte order mark, and an empty object', () => {
    const { configuration, problems } = read('\uFEFF{}');
    assert.deepEqual(problems, []);
    assert.deepEqual(configuration, { ...DEFAULT_CONFIGURATION, path: '/project/managed-scope.json' });
  });

  it('reads every setting', () => {
    const { configuration, problems } = read(`{
      "$schema": "./dist/managed-scope.schema.json",
      "severities": { "rules": { "missing-release": "error", "unused-suppression": "off" }, "families": { "timer": "off" }, "tiers": { "potential": "warning" } },
      "files": { "include": ["src"], "exclude": ["**/gen"] },
      "tests": "same", "failOn": "never", "baseline": "known.json", "suppressions": { "requireReason": true },
      "fixes": { "style": "defer", "runtime": { "import": "#scope", "copyTo": "src/scope.ts" } }
    }`);
    assert.deepEqual(problems, []);
    assert.deepEqual(configuration, {
      path: '/project/managed-scope.json',
      severities: { rules: { 'missing-release': 'error', 'unused-suppression': 'off' }, families: { timer: 'off' }, tiers: { potential: 'warning' } },
      files: { include: ['src'], exclude: ['**/gen'] },
      tests: 'same',
      failOn: 'never',
      baseline: 'known.json',
      suppressions: { requireReason: true },
      fixes: { style: 'defer', runtime: { import: '#scope', copyTo: 'src/scope.ts' } },
      models: [],
    });
  });

  it('suggests the nearest key, and keeps what is right', () => {
    const { configuration, problems } = read('{ "faliOn": "hint", "severities": { "rules": { "mising-release": "off", "raw-factory": "off" } } }');
    assert.deepEqual(problems, [
      ['"faliOn"', 'unknown property "faliOn"; did you mean "failOn"?'],
      ['"mising-release"', 'unknown rule "mising-release"; did you mean "missing-release"?'],
    ]);
    assert.equal(configuration.failOn, 'definite');
    assert.deepEqual(configuration.severities.rules, { 'raw-factory': 'off' });
  });

  it('makes no suggestion where nothing is near', () => {
    assert.deepEqual(read('{ "zzzzzz": 1 }').problems, [['"zzzzzz"', 'unknown property "zzzzzz"']]);
  });

  it('says which words are known where another stands', () => {
    const { problems } = read('{ "severities": { "tiers": { "potential": "info", "hint": 3 } } }');
    assert.deepEqual(problems, [
      ['"info"', '"info" is not one of "error", "warning", "information", "hint", "off"'],
      ['3', 'expected one of "error", "warning", "information", "hint", "off", found a number'],
    ]);
  });

  it('says what type was expected, for each type', () => {
    const { configuration, problems } = read('{ "severities": [], "files": { "include": "src", "exclude": [1, "b", ""] }, "baseline": null, "suppressions": { "requireReason": "yes" } }');
    assert.deepEqual(problems, [
      ['[]', 'expected an object, found an array'],
      ['"src"', 'expected an array, found a string'],
      ['1', 'expected a string, found a number'],
      ['""', 'expected a string that is not empty'],
      ['null', 'expected a string, found null'],
      ['"yes"', 'expected true or false, found a string'],
    ]);
    assert.deepEqual(configuration.files, { include: [], exclude: ['b'] });
    assert.equal('baseline' in configuration, false);
  });

  it('reports a key that is set twice, and takes the last as JSON does', () => {
    const { configuration, problems } = read('{ "failOn": "hint", "failOn": "never" }');
    assert.deepEqual(problems, [['"failOn"', '"failOn" is set twice; the last one counts']]);
    assert.equal(configuration.failOn, 'never');
  });

  it('keeps what is right around a syntax error', () => {
    const { configuration, problems } = read('{ "failOn": "hint" "tests": "off", baseline: "x" }');
    assert.equal(configuration.failOn, 'hint');
    assert.equal(configuration.tests, 'off');
    assert.deepEqual(problems[0], ['"tests"', 'expected ","']);
    assert.ok(problems.some(([at]) => at === 'baseline'));
  });

  for (const [text, message] of [
    ['', 'expected a value'],
    ['[]', 'expected an object, found an array'],
    ['null', 'expected an object, found null'],
    ['{} {}', 'expected nothing more after the object'],
    ['{ "failOn', 'the string does not end'],
  ] as const) {
    it(`gives the defaults and says why for ${JSON.stringify(text)}`, () => {
      const { configuration, problems } = read(text);
      assert.ok(problems.some(([, told]) => told === message), JSON.stringify(problems));
      assert.deepEqual(configuration, { ...DEFAULT_CONFIGURATION, path: '/project/managed-scope.json' });
    });
  }

  it('is not fooled by names that every object has', () => {
    const { configuration, problems } = read('{ "__proto__": { "failOn": "never" }, "constructor": 1, "severities": { "rules": { "toString": "off" } } }');
    assert.equal(configuration.failOn, 'definite');
    assert.deepEqual(problems.map(([at]) => at), ['"__proto__"', '"constructor"', '"toString"']);
  });
});
