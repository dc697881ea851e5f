import assert from 'node:assert/strict';
import { LEAK, NO_LEAK, withProject, type Outcome } from './harness/run';

interface Explained {
  readonly version: number;
  readonly checked: { readonly mentions: boolean; readonly typed: boolean; readonly test: boolean; readonly left?: string };
  readonly calls: readonly {
    readonly line: number;
    readonly column: number;
    readonly code: string;
    readonly inside: { readonly kind: string; readonly name?: string };
    readonly callee: { readonly known: string };
    readonly fact?: object;
    readonly acquire: { readonly resource?: { readonly model: string }; readonly by?: string; readonly because: string; readonly passedOver: readonly { readonly because: string }[] };
    readonly obligations: readonly {
      readonly name?: string;
      readonly verdict: string;
      readonly tier?: string;
      readonly rules: readonly string[];
      readonly lowered: readonly string[];
      readonly effects: readonly { readonly kind: string; readonly line: number }[];
      readonly searches: readonly { readonly outcome: string; readonly path?: readonly { readonly line: number; readonly message: string }[] }[];
    }[];
    readonly deeds: readonly { readonly words: string; readonly acquire: { readonly line: number } }[];
  }[];
  readonly findings: readonly { readonly rule: string; readonly said: string }[];
  readonly notes: readonly string[];
}

function isExplained(value: unknown): value is Explained {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1 && 'calls' in value && Array.isArray(value.calls);
}

function explained({ stdout, stderr, status }: Outcome): Explained {
  const parsed: unknown = JSON.parse(stdout === '' ? 'null' : stdout);
  assert.ok(isExplained(parsed), stderr);
  assert.equal(status, 0, stderr);
  return parsed;
}

const json = ['--format', 'json', '--no-types'];

describe('explain', () => {
  it('tells the model, the obligation, its effects, the searches, and the rule that speaks', withProject({ 'a.ts': LEAK }, (project) => {
    const [call, ...more] = explained(project.run(['explain', 'a.ts:3', ...json])).calls;
    assert.deepEqual([more, call?.code, call?.inside.name], [[], 'open(...)', 'size']);
    assert.deepEqual([call?.acquire.resource?.model, call?.acquire.by], ['fs.FileHandle', 'import']);
    const [obligation] = call?.obligations ?? [];
    assert.ok(obligation);
    assert.deepEqual([obligation.name, obligation.rules[0], obligation.tier], ['fh', 'release-not-on-throw', 'definite']);
    assert.deepEqual(obligation.effects.map(({ kind, line }) => `${String(line)} ${kind}`), ['3 alias', '5 release']);
    assert.deepEqual(obligation.searches.map(({ outcome }) => outcome), ['none', 'leak']);
    assert.deepEqual(obligation.searches.at(-1)?.path?.map(({ line }) => line), [3, 4, 4]);
  }));

  it('prints the same for people', withProject({ 'a.ts': LEAK }, (project) => {
    const { stdout, status, stderr } = project.run(['explain', 'a.ts:3', '--no-types']);
    assert.deepEqual([status, stderr], [0, '']);
    for (const line of [
      /^a\.ts:3:20 open\(\.\.\.\)$/m,
      /^ {2}model +acquires: file handle \(fs\.FileHandle\), by import: /m,
      /^ {2}obligation `fh` is owed by the function size on lines 2-7; lifetime scoped; /m,
      /^ {2}searches +no errors, unknown functions take it: finds no path/m,
      /^ +line 4: `fh\.stat\(\)` rejects$/m,
      /^ {2}rule +release-not-on-throw speaks$/m,
      /^A check says here:\n {2}release-not-on-throw \(definite\), warning: `fh`/m,
    ]) assert.match(stdout, line);
  }));

  it('says why nothing is said', withProject({
    'scope.ts': NO_LEAK,
    'module.ts': "import { open } from 'node:fs/promises';\nexport const fh = await open('a');\n",
    'closed.ts': LEAK.replace('const s = await fh.stat();', 'const s = { size: 1 };'),
    'timer.ts': 'export function f() {\n  setTimeout(() => {}, 10);\n}\n',
  }, (project) => {
    const verdictAt = (place: string): string | undefined => explained(project.run(['explain', place, ...json])).calls[0]?.obligations[0]?.verdict;
    assert.match(verdictAt('scope.ts:3') ?? '', /every path that counts meets a release or a transfer/);
    assert.match(verdictAt('module.ts:2') ?? '', /top level of the module/);
    assert.match(verdictAt('closed.ts:3') ?? '', /every path that counts/);
    assert.match(verdictAt('timer.ts:2') ?? '', /over soon/);
    assert.match(project.run(['explain', 'closed.ts:3', '--no-types']).stdout, /A check says nothing here\.\n$/);
  }));

  it('says why a call acquires nothing', withProject({
    'a.ts': [
      "import { stat } from 'node:fs/promises';",
      "import { open } from './mine';",
      'export async function f(store: any, p: string) {',
      '  function connect() { return 1; }',
      '  await stat(p);',
      '  await store.connect();',
      '  connect();',
      '  const x = open(p);',
      '  return x;',
      '}',
      '',
    ].join('\n'),
  }, (project) => {
    const at = (line: number): Explained['calls'][number] | undefined => explained(project.run(['explain', `a.ts:${String(line)}`, ...json])).calls[0];
    assert.match(at(5)?.acquire.because ?? '', /no model has an acquire called "stat"/);
    assert.ok(at(6)?.acquire.passedOver.some(({ because }) => /"store" is no name for it/.test(because)));
    assert.match(at(7)?.acquire.because ?? '', /something of this file/);
    assert.ok(at(8)?.acquire.passedOver.every(({ because }) => because === 'it is open of ./mine'));
  }));

  it('says what lowers a tier', withProject({
    'guess.ts': 'export async function f(pool: any) {\n  const c = await pool.connect();\n  await c.query();\n  c.release();\n}\n',
    'test/a.test.ts': LEAK,
    'package.json': '{}',
  }, (project) => {
    const [guess] = explained(project.run(['explain', 'guess.ts:2', ...json])).calls;
    assert.equal(guess?.acquire.by, 'names');
    assert.deepEqual([guess.obligations[0]?.tier, guess.obligations[0]?.lowered], ['potential', ['a tier down: the acquire is recognised by the names in use alone']]);
    const inTest = explained(project.run(['explain', 'test/a.test.ts:3', ...json]));
    assert.equal(inTest.checked.test, true);
    assert.deepEqual(inTest.calls[0]?.obligations[0]?.lowered, ['a tier down: the file is test code']);
  }));

  it('says what a call does to a resource of another one', withProject({ 'a.ts': LEAK }, (project) => {
    const [close] = explained(project.run(['explain', 'a.ts:5', ...json])).calls;
    assert.deepEqual(close?.deeds.map(({ words, acquire }) => `${words} ${String(acquire.line)}`), ['releases it 3']);
  }));

  it('takes the innermost call at a column', withProject({ 'a.ts': "import { openSync, closeSync } from 'node:fs';\ncloseSync(openSync('a', 'r'));\n" }, (project) => {
    const codes = (place: string): readonly string[] => explained(project.run(['explain', place, ...json])).calls.map(({ code }) => code);
    assert.deepEqual(codes('a.ts:2'), ['closeSync(...)', 'openSync(...)']);
    assert.deepEqual(codes('a.ts:2:3'), ['closeSync(...)']);
    assert.deepEqual(codes('a.ts:2:12'), ['openSync(...)']);
    assert.deepEqual(codes('a.ts:2:31'), []);
    assert.deepEqual(codes('a.ts:2:999'), []);
  }));

  it('tells what types say, and who could not be asked', withProject({ 'a.ts': LEAK, 'tsconfig.json': '{}' }, (project) => {
    const typed = explained(project.run(['explain', 'a.ts:4', '--format', 'json']));
    assert.equal(typed.checked.typed, true);
    assert.equal(explained(project.run(['explain', 'a.ts:4', ...json])).checked.typed, false);
    assert.match(project.run(['explain', 'a.ts:4', '--no-types']).stdout, /types +nobody was asked/);
  }));

  it('works on files that a check lets go, on lines without calls, and on broken code', withProject({
    'plain.ts': 'export const a = 1;\nexport const b = String(a);\n',
    'broken.ts': `${LEAK}export function (\n`,
    'out/left.ts': LEAK,
    'empty.ts': '',
    'managed-scope.json': '{ "files": { "exclude": ["out"] } }',
  }, (project) => {
    const plain = explained(project.run(['explain', 'plain.ts:2', ...json]));
    assert.deepEqual([plain.checked.mentions, plain.calls.length, plain.findings.length], [false, 1, 0]);
    assert.match(project.run(['explain', 'plain.ts:1', '--no-types']).stdout, /it mentions no name that can acquire\.\nplain\.ts:1: there is no call on this line\.\n\nA check says nothing here\.\n$/);
    const broken = explained(project.run(['explain', 'broken.ts:3', ...json]));
    assert.match(broken.notes[0] ?? '', /^syntax error on line 8/);
    assert.equal(broken.findings[0]?.rule, 'release-not-on-throw');
    assert.match(explained(project.run(['explain', 'out/left.ts:3', ...json])).checked.left ?? '', /exclude/);
    assert.deepEqual(explained(project.run(['explain', 'empty.ts:1', ...json])).calls, []);
  }));

  it('says what a suppression or a severity takes away', withProject({
    'a.ts': LEAK.replace('  const fh', '  // managed-scope-disable-next-line -- held on purpose\n  const fh'),
    'b.ts': LEAK,
    'managed-scope.json': '{ "severities": { "rules": { "release-not-on-throw": "hint" } } }',
  }, (project) => {
    assert.deepEqual(explained(project.run(['explain', 'a.ts:4', ...json])).findings.map(({ rule, said }) => [rule, said]), [['release-not-on-throw', 'off']]);
    assert.deepEqual(explained(project.run(['explain', 'b.ts:3', ...json])).findings.map(({ rule, said }) => [rule, said]), [['release-not-on-throw', 'hint']]);
    assert.match(project.run(['explain', 'a.ts:4', '--no-types']).stdout, /taken away by a suppression or a severity/);
  }));

  for (const [args, message] of [
    [['explain', 'a.ts'], 'managed-scope: "a.ts" is no place: write FILE:LINE or FILE:LINE:COLUMN\n'],
    [['explain', 'b.ts:1'], 'managed-scope: cannot explain b.ts: it does not exist\n'],
    [['explain', 'a.ts:99'], 'managed-scope: a.ts has no line 99: it has 8\n'],
    [['explain', 'a.ts:0'], 'managed-scope: a.ts has no line 0: it has 8\n'],
    [['explain', 'a.txt:1'], 'managed-scope: cannot explain a.txt: not TypeScript or JavaScript\n'],
    [['explain', 'made.ts:1'], 'managed-scope: cannot explain made.ts: a check skips it: generated (its header says so)\n'],
    [['explain', 'a.ts:1', '--project', 'nowhere.json'], 'nowhere.json'],
    [['explain'], "managed-scope: missing required argument 'place'"],
  ] as const) {
    it(`exits with 2 for managed-scope ${args.join(' ')}`, withProject({ 'a.ts': LEAK, 'a.txt': '', 'made.ts': '// @generated\n' }, (project) => {
      const { status, stdout, stderr } = project.run(args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.ok(stderr.includes(message), stderr);
    }));
  }
});
