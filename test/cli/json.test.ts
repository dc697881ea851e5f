import assert from 'node:assert/strict';
import { reportOf } from './harness/json';
import { LEAK, NO_LEAK, withProject } from './harness/run';

describe('check --format json', () => {
  it('has the shape of version 1, and nothing more', withProject({ 'src/a.ts': LEAK, 'src/b.ts': NO_LEAK, 'README.md': '' }, (project) => {
    const outcome = project.run(['check', 'src', 'README.md', '--format', 'json', '--no-types']);
    assert.equal(outcome.status, 1);
    assert.equal(outcome.stderr, '');
    assert.match(outcome.stdout, /^[^\n]*\n$/);
    const report = reportOf(outcome);
    assert.deepEqual(Object.keys(report), ['version', 'findings', 'summary']);
    assert.equal(report.version, 1);
    assert.deepEqual(Object.keys(report.summary), ['files', 'typed', 'skipped', 'milliseconds']);
    assert.deepEqual({ ...report.summary, milliseconds: 0 }, { files: 2, typed: 0, skipped: [{ file: 'README.md', reason: 'not TypeScript or JavaScript' }], milliseconds: 0 });
    assert.equal(Number.isInteger(report.summary.milliseconds), true);
    const [finding] = report.findings;
    assert.ok(finding);
    assert.equal(report.findings.length, 1);
    assert.deepEqual(Object.keys(finding), ['file', 'rule', 'tier', 'severity', 'message', 'resource', 'line', 'column', 'endLine', 'endColumn', 'acquire', 'path']);
    const { message, resource, path, ...place } = finding;
    assert.deepEqual(place, {
      file: 'src/a.ts',
      rule: 'release-not-on-throw',
      tier: 'definite',
      severity: 'warning',
      line: 3,
      column: 20,
      endLine: 3,
      endColumn: 27,
      acquire: { line: 3, column: 20 },
    });
    assert.match(message, /fh.*line 4 rejects/);
    assert.equal(resource, 'file handle');
    assert.deepEqual(path.map((step) => [Object.keys(step).join(), step.line]), [['line,column,message', 3], ['line,column,message', 4], ['line,column,message', 4]]);
  }));

  it('names files relative to the working directory, sorted by file, then position', withProject({ 'b.ts': LEAK, 'a/c.ts': LEAK + LEAK.replace(/.*\n/, '').replace('size', 'again'), 'in/x.ts': '' }, (project) => {
    const { findings } = reportOf(project.run(['check', '../b.ts', '../a', '--format', 'json', '--no-types'], { from: 'in' }));
    assert.deepEqual(findings.map(({ file, line }) => `${file}:${String(line)}`), ['../a/c.ts:3', '../a/c.ts:9', '../b.ts:3']);
  }));

  it('counts columns in UTF-16 units, not from a byte order mark, and lines by every line end', withProject({ 'a.ts': `\uFEFF${LEAK.replaceAll('\n', '\r\n').replace('const fh', "'😀'; const fh")}` }, (project) => {
    const [finding] = reportOf(project.run(['check', '--format', 'json', '--no-types'])).findings;
    assert.deepEqual([finding?.line, finding?.column], [3, 20 + "'😀'; ".length]);
  }));

  it('lists hints and words on suppressions too', withProject({ 'a.ts': `// managed-scope-disable-file bogus\n${NO_LEAK}` }, (project) => {
    const outcome = project.run(['check', '--format', 'json', '--no-types']);
    assert.equal(outcome.status, 0);
    assert.deepEqual(reportOf(outcome).findings.map(({ rule, tier, severity, line, column, path }) => ({ rule, tier, severity, line, column, path })), [
      { rule: 'invalid-suppression', tier: 'hint', severity: 'warning', line: 1, column: 31, path: [] },
    ]);
  }));

  it('is whole when it is long and read through a pipe', withProject(Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`f${String(index)}.ts`, LEAK])), (project) => {
    const outcome = project.run(['check', '--format', 'json', '--no-types']);
    assert.equal(reportOf(outcome).findings.length, 150);
    assert.ok(outcome.stdout.length > 65_536, 'longer than what a pipe holds');
  }));

  it('is one line that moves no cursor', withProject({ 'a\u001B[2J\u009B.ts': LEAK.replace('fh.stat()', "fh['st\u202Eat']()") }, (project) => {
    const outcome = project.run(['check', '--format', 'json', '--no-types']);
    // eslint's no-control-regex would have these written otherwise; a list says the same.
    for (const character of ['\u001B', '\u009B', '\u202E', '\u2028']) assert.equal(outcome.stdout.includes(character), false, JSON.stringify(character));
    assert.equal(reportOf(outcome).findings[0]?.file, 'a\u001B[2J\u009B.ts');
  }));
});
