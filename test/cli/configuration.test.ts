import assert from 'node:assert/strict';
import { placesOf, reportOf } from './harness/json';
import { LEAK, NO_LEAK, withProject } from './harness/run';

const json = ['--format', 'json', '--no-types'];
const off = JSON.stringify({ severities: { rules: { 'release-not-on-throw': 'off' } } });

describe('the configuration of a run', () => {
  it('is the nearest upward from each file', withProject({ 'managed-scope.json': off, 'a.ts': LEAK, 'inner/managed-scope.json': '{}', 'inner/deep/b.ts': LEAK, 'other/c.ts': LEAK }, (project) => {
    assert.deepEqual(placesOf(project.run(['check', ...json])), ['inner/deep/b.ts:3 release-not-on-throw']);
    assert.deepEqual(placesOf(project.run(['check', ...json], { from: 'other' })), []);
  }));

  it('is the one that --config names', withProject({ 'off.json': off, 'inner/managed-scope.json': '{}', 'inner/a.ts': LEAK }, (project) => {
    assert.equal(project.run(['check', ...json, '--config', 'off.json']).status, 0);
  }));

  it('decides severities, which the output shows', withProject({ 'managed-scope.json': JSON.stringify({ severities: { families: { file: 'error' } } }), 'a.ts': LEAK }, (project) => {
    assert.equal(reportOf(project.run(['check', ...json])).findings[0]?.severity, 'error');
    assert.match(project.run(['check', '--no-types']).stdout, /^a\.ts:3:20 error release-not-on-throw \(definite\)\n/);
  }));

  it('decides when the run fails, below --fail-on', withProject({ 'managed-scope.json': '{ "failOn": "never" }', 'a.ts': LEAK }, (project) => {
    assert.equal(project.run(['check', ...json]).status, 0);
    assert.equal(project.run(['check', ...json, '--fail-on', 'definite']).status, 1);
  }));

  it('leaves files out, named or not, and the summary says so', withProject({ 'managed-scope.json': '{ "files": { "exclude": ["gen"] } }', 'gen/a.ts': LEAK }, (project) => {
    const outcome = project.run(['check', 'gen/a.ts', ...json]);
    assert.equal(outcome.status, 0);
    assert.deepEqual(reportOf(outcome).summary.skipped, [{ file: 'gen/a.ts', reason: 'excluded by the configuration' }]);
  }));

  it('decides about tests', withProject({ 'package.json': '{}', 'test/a.ts': LEAK }, (project) => {
    const tiers = (tests: string) => {
      project.write('managed-scope.json', JSON.stringify({ tests }));
      return reportOf(project.run(['check', ...json])).findings.map(({ tier }) => tier);
    };
    assert.deepEqual(['lower', 'same', 'off'].map(tiers), [['potential'], ['definite'], []]);
  }));

  it('teaches libraries', withProject({
    'managed-scope.json': JSON.stringify({ models: [{ library: 'acme', modules: ['acme'], resources: [{ id: 'acme.Lease', noun: 'lease', family: 'lock', lifetime: 'scoped', acquires: [{ call: 'lease', async: true }], releases: [{ method: 'giveBack' }] }] }] }),
    'a.ts': "import { lease } from 'acme';\nexport async function f() {\n  const held = await lease();\n  await fetch('x');\n  held.giveBack();\n}\n",
  }, (project) => {
    const [finding] = reportOf(project.run(['check', ...json])).findings;
    assert.deepEqual([finding?.line, finding?.resource], [3, 'lease']);
  }));

  it('has its errors told at their place; the rest stays in force, and the run fails', withProject({
    'managed-scope.json': '{\n  "severitys": {},\n  "severities": { "rules": { "release-not-on-throw": "hint" }, "tiers": { "definite": "loud" } }\n}',
    'a.ts': LEAK,
  }, (project) => {
    const outcome = project.run(['check', ...json]);
    assert.equal(outcome.status, 2);
    assert.equal(outcome.stderr, 'managed-scope.json:2:3: unknown property "severitys"; did you mean "severities"?\nmanaged-scope.json:3:87: "loud" is not one of "error", "warning", "information", "hint", "off"\n');
    assert.equal(reportOf(outcome).findings[0]?.severity, 'hint');
  }));

  it('is refused when it is not UTF-8', withProject({ 'a.ts': NO_LEAK }, (project) => {
    project.write('managed-scope.json', new Uint8Array([0x7b, 0xff, 0x7d]));
    const { status, stderr } = project.run(['check']);
    assert.deepEqual([status, stderr], [2, 'managed-scope: cannot read the configuration .: it is not UTF-8\n']);
  }));
});

describe('suppressions in a run', () => {
  const suppressed = LEAK.replace('  const fh', '  // managed-scope-disable-next-line release-not-on-throw -- the process ends\n  const fh');

  it('take findings away', withProject({ 'a.ts': suppressed }, (project) => {
    assert.equal(project.run(['check', ...json]).status, 0);
  }));

  it('are told when they are unused, after a run with types only', withProject({ 'a.ts': suppressed.replace('await fh.stat()', '1 as never'), 'tsconfig.json': '{}' }, (project) => {
    const outcome = project.run(['check', '--format', 'json']);
    assert.deepEqual(placesOf(outcome), ['a.ts:3 unused-suppression']);
    assert.equal(outcome.status, 0);
    assert.equal(project.run(['check', '--fail-on', 'hint']).status, 1);
    assert.deepEqual(placesOf(project.run(['check', ...json])), []);
    assert.deepEqual(placesOf(project.run(['check', '--format', 'json', '--rule', 'missing-release'])), []);
  }));

  it('are told when they are unused in a file without any resource', withProject({ 'a.ts': '// managed-scope-disable-file\nexport const x = 1;\n' }, (project) => {
    assert.deepEqual(placesOf(project.run(['check', '--format', 'json'])), ['a.ts:1 unused-suppression']);
  }));
});
