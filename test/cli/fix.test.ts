import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { reportOf } from './harness/json';
import type { TestProject} from './harness/run';
import { LEAK, withProject } from './harness/run';

/** A project whose compiler lowers `using`, on a Node that has the symbols. */
const PROJECT = {
  'package.json': '{ "type": "module", "engines": { "node": ">=20" } }',
  'tsconfig.json': '{ "compilerOptions": { "target": "es2022", "lib": ["es2023", "esnext.disposable"], "module": "nodenext", "types": [] } }',
  'a.ts': LEAK,
};

const FIXED = LEAK.replace('const fh = await open(p);', 'await using fh = await open(p);').replace('  await fh.close();\n', '');

const read = (project: TestProject, name: string): string => readFileSync(path.join(project.folder, name), 'utf8');

describe('check --fix', () => {
  it('applies what is safe, and reports what is left', withProject({ ...PROJECT, 'b.ts': LEAK.replace('return s.size', 'console.log(s); return s.size') }, (project) => {
    const { status, stdout } = project.run(['check', '--fix', '--no-types']);
    assert.equal(read(project, 'a.ts'), FIXED);
    // There the release would come after the output.
    assert.match(stdout, /b\.ts:3:\d+ warning release-not-on-throw/);
    assert.doesNotMatch(stdout, /a\.ts/);
    assert.match(stdout, /Applied 1 fix in 1 file\./);
    assert.equal(status, 1);
    assert.equal(project.run(['check', '--fix', '--no-types']).stdout.includes('Applied 0 fixes'), true);
  }));

  it('applies fixes of a shape although they are not safe, when asked', withProject({ ...PROJECT, 'a.ts': LEAK.replace('return s.size', 'console.log(s); return s.size') }, (project) => {
    assert.equal(project.run(['check', '--fix', '--fix-suggestions', 'using', '--no-types']).status, 0);
    assert.match(read(project, 'a.ts'), /await using fh/);
  }));

  it('fixes several leaks of one file, also those that it uncovers', withProject({ ...PROJECT, 'a.ts': `${LEAK}${LEAK.replace(/import.*\n/, '').replace('size', 'other')}export async function both(p: string) {\n  const a = await open(p);\n  const b = await open(p);\n  await b.stat();\n  await b.close();\n  await a.close();\n}\n` }, (project) => {
    const { status, stdout } = project.run(['check', '--fix', '--no-types']);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /Applied 4 fixes in 1 file\./);
    assert.equal(read(project, 'a.ts').match(/await using/g)?.length, 4);
    assert.doesNotMatch(read(project, 'a.ts'), /close/);
  }));

  it('leaves alone what is suppressed, or off, or in the baseline', withProject({ ...PROJECT, 'a.ts': LEAK.replace('  const fh', '  // managed-scope-disable-next-line release-not-on-throw -- known\n  const fh') }, (project) => {
    const before = read(project, 'a.ts');
    project.run(['check', '--fix', '--no-types']);
    assert.equal(read(project, 'a.ts'), before);
    project.write('a.ts', LEAK);
    assert.match(project.run(['check', '--baseline', 'known.json', '--update-baseline', '--no-types']).stdout, /Recorded 1 finding/);
    project.run(['check', '--baseline', 'known.json', '--fix', '--no-types']);
    assert.equal(read(project, 'a.ts'), LEAK);
    project.write('managed-scope.json', '{ "severities": { "rules": { "release-not-on-throw": "off" } } }');
    project.run(['check', '--fix', '--no-types']);
    assert.equal(read(project, 'a.ts'), LEAK);
  }));

  it('keeps the mode of a file, and its byte order mark', withProject({ ...PROJECT, 'a.ts': `\uFEFF${LEAK}` }, (project) => {
    const file = path.join(project.folder, 'a.ts');
    chmodSync(file, 0o755);
    project.run(['check', '--fix', '--no-types']);
    assert.equal(read(project, 'a.ts'), `\uFEFF${FIXED}`);
    assert.equal(statSync(file).mode & 0o777, 0o755);
  }));

  it('refuses a read-only file with a message', withProject(PROJECT, (project) => {
    chmodSync(path.join(project.folder, 'a.ts'), 0o444);
    const { stdout, status } = project.run(['check', '--fix', '--no-types']);
    assert.equal(read(project, 'a.ts'), LEAK);
    assert.match(stdout, /a\.ts was not fixed: it is read-only/);
    assert.equal(status, 1);
  }));

  it('offers no `using` where the oldest Node lacks the symbol, and none in JavaScript that Node runs as it is', withProject({ ...PROJECT, 'package.json': '{ "engines": { "node": ">=18" } }', 'b.js': LEAK.replaceAll(': string', '') }, (project) => {
    project.run(['check', '--fix', '--no-types']);
    for (const name of ['a.ts', 'b.js']) assert.match(read(project, name), /try \{\n[^]*finally \{\n {4}await fh\.close\(\);/);
  }));
});

describe('check --fix-dry-run', () => {
  it('prints a diff and writes nothing', withProject(PROJECT, (project) => {
    const { stdout, stderr } = project.run(['check', '--fix-dry-run', '--no-types']);
    assert.equal(
      stdout,
      ['--- a/a.ts', '+++ b/a.ts', '@@ -1,7 +1,6 @@', ...LEAK.trimEnd().split('\n').flatMap((line) => {
        if (line.includes('const fh')) return [`-${line}`, `+${line.replace('const', 'await using')}`];
        return line.includes('close') ? [`-${line}`] : [` ${line}`];
      }), ''].join('\n'),
    );
    assert.match(stderr, /Would apply 1 fix in 1 file\./);
    assert.equal(read(project, 'a.ts'), LEAK);
  }));
});

describe('check --fixes', () => {
  it('lists the fixes of each finding in the JSON', withProject(PROJECT, (project) => {
    const [finding] = reportOf(project.run(['check', '--format', 'json', '--fixes', '--no-types'])).findings;
    const [fix] = finding?.fixes ?? [];
    assert.equal(fix?.shape, 'using');
    assert.equal(fix.safe, true);
    assert.ok(fix.edits.every(({ file, sha256 }) => file === 'a.ts' && /^[0-9a-f]{64}$/.test(sha256)));
    const edited = [...fix.edits].reverse().reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), LEAK);
    assert.equal(edited, FIXED);
    assert.equal(reportOf(project.run(['check', '--format', 'json', '--no-types'])).findings[0]?.fixes, undefined);
  }));
});

describe('options for fixing', () => {
  for (const [args, message] of [
    [['--fix', '--fix-dry-run'], '--fix and --fix-dry-run exclude each other'],
    [['--fix-suggestions', 'using'], '--fix-suggestions goes with --fix or --fix-dry-run'],
    [['--fixes'], '--fixes goes with --format json'],
    [['--fix', '--fix-suggestions', 'magic'], "argument 'magic' is invalid"],
  ] as const) {
    it(`${args.join(' ')} is refused`, withProject(PROJECT, (project) => {
      const { status, stderr } = project.run(['check', ...args]);
      assert.equal(status, 2);
      assert.ok(stderr.includes(message), stderr);
      assert.equal(read(project, 'a.ts'), LEAK);
    }));
  }
});

/** A leak of what has no dispose symbol. */
const CLIENT = `import { Pool } from 'pg';
const pool = new Pool();
export async function users() {
  const client = await pool.connect();
  const { rows } = await client.query('select 1');
  client.release();
  return rows;
}
`;

/** An npm that says this of every package, for the first place in PATH. */
function fakeNpm(project: TestProject, says: string): Record<string, string> {
  project.write('bin/npm', `#!/bin/sh\necho '${says}'\n`);
  chmodSync(path.join(project.folder, 'bin/npm'), 0o755);
  return { PATH: `${path.join(project.folder, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}` };
}

const known = (): string => /"integrity":("[^"]+")/.exec(readFileSync('dist/runtime/package.json', 'utf8'))?.[1] ?? '';

describe('check --add-runtime', () => {
  const stack = ['check', 'src', '--fix', '--fix-suggestions', 'stack', '--no-types'];
  const files = { ...PROJECT, 'a.ts': '', 'src/a.ts': CLIENT };

  it('is asked for: without it nothing is added, and no import that leads nowhere is written', withProject(files, (project) => {
    project.run(stack);
    assert.doesNotMatch(read(project, 'src/a.ts'), /managed-scope/);
    assert.match(read(project, 'src/a.ts'), /finally/);
  }));

  it('copy: puts the runtime into the sources, once, and the fixes import it from there', withProject({ ...files, 'src/deep/b.ts': CLIENT }, (project) => {
    const { stdout } = project.run([...stack, '--add-runtime', 'copy']);
    assert.match(stdout, /Applied 2 fixes in 2 files\.\nCopied the runtime to src\/managed-scope\.ts\./);
    assert.match(read(project, 'src/a.ts'), /import \{ AsyncDisposableStack \} from '\.\/managed-scope\.js';/);
    assert.match(read(project, 'src/deep/b.ts'), /from '\.\.\/managed-scope\.js';/);
    assert.equal(read(project, 'src/managed-scope.ts'), readFileSync('dist/runtime/managed-scope.ts', 'utf8'));
    project.write('src/c.ts', CLIENT);
    assert.doesNotMatch(project.run(stack).stdout, /Copied/);
    assert.match(read(project, 'src/c.ts'), /from '\.\/managed-scope\.js';/);
  }));

  it('copy: where the configuration says, and only inside of its folder', withProject({ ...files, 'tsconfig.json': PROJECT['tsconfig.json'].replace('{', '{ "include": ["src"],'), 'managed-scope.json': '{ "fixes": { "runtime": { "copyTo": "lib/scopes.ts" } } }' }, (project) => {
    project.run([...stack, '--add-runtime', 'copy']);
    assert.match(read(project, 'src/a.ts'), /from '\.\.\/lib\/scopes\.js';/);
    assert.match(read(project, 'lib/scopes.ts'), /class/);
    for (const place of ['../outside.ts', 'link/scopes.ts']) {
      project.write('src/a.ts', CLIENT);
      project.write('managed-scope.json', `{ "fixes": { "runtime": { "copyTo": "${place}" } } }`);
      if (place.startsWith('link')) symlinkSync(tmpdir(), path.join(project.folder, 'link'));
      const { status, stderr } = project.run([...stack, '--add-runtime', 'copy']);
      assert.equal(status, 2);
      assert.match(stderr, /cannot copy the runtime: .* lies outside of/);
      assert.equal(read(project, 'src/a.ts'), CLIENT);
    }
  }));

  it('dependency: only what the registry shows with the integrity that the tool knows', withProject(files, (project) => {
    const before = read(project, 'package.json');
    const refused = project.run([...stack, '--add-runtime', 'dependency'], { env: fakeNpm(project, '"sha512-somebody-else"') });
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /the registry in use does not show managed-scope/);
    assert.equal(read(project, 'package.json'), before);
    assert.equal(read(project, 'src/a.ts'), CLIENT);
    const { stdout } = project.run([...stack, '--add-runtime', 'dependency'], { env: fakeNpm(project, known()) });
    assert.match(stdout, /Added the runtime to the dependencies of package\.json; it is not installed yet\./);
    assert.match(read(project, 'package.json'), /"dependencies":\s*\{\s*"managed-scope": "\^\d/);
    assert.match(read(project, 'src/a.ts'), /from 'managed-scope';/);
  }));

  it('leaves a file that somebody changed since it was analysed, says so, and reports on what it is now', withProject({ ...files, 'src/b.ts': CLIENT }, (project) => {
    const { PATH = '' } = fakeNpm(project, known());
    // Asked between the analysis and the writing: a clock that cannot be early or late.
    project.write('bin/npm', `${read(project, 'bin/npm')}echo '// somebody was here' >> '${path.join(project.folder, 'src/a.ts')}'\n`);
    const { stdout, status } = project.run([...stack, '--add-runtime', 'dependency'], { env: { PATH } });
    assert.equal(read(project, 'src/a.ts'), `${CLIENT}// somebody was here\n`);
    assert.match(stdout, /src\/a\.ts was not fixed: it was changed since it was analysed/);
    assert.match(stdout, /Applied 1 fix in 1 file\./);
    assert.match(stdout, /src\/a\.ts:4:\d+ warning release-not-on-throw/);
    assert.match(read(project, 'src/b.ts'), /stack\.adopt/);
    assert.equal(status, 1);
    assert.deepEqual(readdirSync(path.join(project.folder, 'src')).sort(), ['a.ts', 'b.ts']);
  }));

  it('says in a dry run what it would do, and does nothing', withProject(files, (project) => {
    const { stderr, stdout } = project.run(['check', 'src', '--fix-dry-run', '--fix-suggestions', 'stack', '--no-types', '--add-runtime', 'copy']);
    assert.match(stderr, /Would copy the runtime to src\/managed-scope\.ts\./);
    assert.match(stdout, /\+import \{ AsyncDisposableStack \} from '\.\/managed-scope\.js';/);
    assert.equal(existsSync(path.join(project.folder, 'src/managed-scope.ts')), false);
  }));
});
