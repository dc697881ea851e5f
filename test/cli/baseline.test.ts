import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { placesOf } from './harness/json';
import { LEAK, NO_LEAK, withProject, type TestProject } from './harness/run';

const json = ['--format', 'json', '--no-types'];
const update = ['check', '--no-types', '--baseline', 'known.json', '--update-baseline'];
const baselineOf = (project: TestProject) => readFileSync(path.join(project.folder, 'known.json'), 'utf8').split('\n').filter((line) => line.includes('"file"')).map((line) => line.trim());
const entry = (file: string, within = 'size', count = 1) => `{"file":"${file}","rule":"release-not-on-throw","within":"${within}","acquire":"open(p)","count":${String(count)}}`;

describe('check --baseline', () => {
  it('hides what was recorded, wherever it has moved in its file, and nothing else', withProject({ 'src/a.ts': LEAK }, (project) => {
    const { status, stdout } = project.run(update);
    assert.equal(status, 0);
    assert.match(stdout, /Recorded 1 finding in known\.json\./);
    assert.deepEqual(baselineOf(project), [entry('src/a.ts')]);
    project.write('src/a.ts', `// moved\n\n${LEAK}`);
    const after = project.run(['check', '--no-types', '--baseline', 'known.json']);
    assert.equal(after.status, 0);
    assert.match(after.stdout, /The baseline hides 1 finding\./);
    project.write('src/a.ts', LEAK.replace('size', 'other') + LEAK.replace(/.*\n/, ''));
    const more = project.run(['check', ...json, '--baseline', 'known.json']);
    assert.equal(more.status, 1);
    assert.deepEqual(placesOf(more), ['src/a.ts:3 release-not-on-throw']);
  }));

  it('counts what is alike', withProject({ 'a.ts': LEAK }, (project) => {
    const twice = LEAK.replace('  return', '  const b = await open(p);\n  await b.stat();\n  await b.close();\n  return');
    project.write('a.ts', twice);
    project.run(update);
    assert.deepEqual(baselineOf(project), [entry('a.ts', 'size', 2)]);
    assert.equal(project.run(['check', ...json, '--baseline', 'known.json']).status, 0);
  }));

  it('updates what the run looked at, and leaves the rest', withProject({ 'a.ts': LEAK, 'b.ts': LEAK, 'c.ts': LEAK }, (project) => {
    project.run(update);
    project.write('a.ts', NO_LEAK);
    rmSync(path.join(project.folder, 'c.ts'));
    project.run([...update, 'a.ts']);
    assert.deepEqual(baselineOf(project), [entry('b.ts')]);
    project.write('b.ts', NO_LEAK);
    project.run([...update, '--rule', 'missing-release']);
    assert.deepEqual(baselineOf(project), [entry('b.ts')]);
  }));

  it('says what is no longer found, after a run with types', withProject({ 'a.ts': LEAK, 'tsconfig.json': '{}' }, (project) => {
    project.run(update);
    project.write('a.ts', NO_LEAK);
    assert.match(project.run(['check', '--baseline', 'known.json']).stdout, /1 entry of the baseline is no longer found; --update-baseline removes them:\n {2}a\.ts: release-not-on-throw in size\n/);
    assert.doesNotMatch(project.run(['check', '--no-types', '--baseline', 'known.json']).stdout, /no longer/);
  }));

  it('is named by the configuration, from its folder', withProject({ 'managed-scope.json': '{ "baseline": "config/known.json" }', 'in/a.ts': LEAK }, (project) => {
    assert.equal(project.run(['check', ...json, '--update-baseline'], { from: 'in' }).status, 0);
    const written = readFileSync(path.join(project.folder, 'config/known.json'), 'utf8');
    assert.ok(written.includes('"file":"../in/a.ts"'), written);
    assert.equal(project.run(['check', ...json]).status, 0);
  }));

  it('is not written while the configuration has errors', withProject({ 'managed-scope.json': '{ "x": 1 }', 'a.ts': LEAK }, (project) => {
    const { status, stderr } = project.run(update);
    assert.equal(status, 2);
    assert.match(stderr, /the baseline is not updated while the configuration has errors\n$/);
    assert.equal(existsSync(path.join(project.folder, 'known.json')), false);
  }));
});
