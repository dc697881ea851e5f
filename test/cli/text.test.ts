import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createColors } from 'picocolors';
import type { Verdict } from '../../src/configuration/judge';
import { countLines } from '../../src/configuration/lines';
import { createProgress } from '../../src/cli/progress';
import { cleanLine } from '../../src/cli/report/clean';
import type { ReportedFile, RunReport } from '../../src/cli/report/reported';
import { printText } from '../../src/cli/report/text';
import { LEAK, MAIN, withProject } from './harness/run';

const plain = createColors(false);

/** A finding of literal places: the first occurrences of some texts, each with what happens there. */
function verdictOf(text: string, steps: readonly (readonly [at: string, message: string])[], change: Partial<Verdict> = {}): Verdict {
  const path = steps.map(([at, message]) => ({ start: text.indexOf(at), end: text.indexOf(at) + at.length, message }));
  const { start, end } = path[0] ?? { start: 0, end: 1 };
  const finding = { rule: 'missing-release', tier: 'definite', message: 'It leaks.', resource: 'file', family: 'file', acquire: { start, end }, path, start, end } as const;
  return { ...finding, severity: 'warning', finding, ...change };
}

function reportOn(text: string, verdicts: readonly Verdict[], change: Partial<RunReport> = {}): RunReport {
  const reported: ReportedFile = { file: 'src/a.ts', text, lines: countLines(text), verdicts };
  return { reported: [reported], files: 3, analysed: 2, typed: 2, skipped: [], milliseconds: 1234, notes: [], ...change };
}

function print(report: RunReport, { hints = false, quiet = false } = {}): string {
  return printText(report, { colors: plain, shows: ({ severity }) => hints || severity !== 'hint', quiet });
}

describe('the text report', () => {
  const text = 'function f() {\n  const a = open();\n  if (x) {\n    use(a);\n  }\n  a.close();\n}\n';

  it('shows a finding, its path over the code, and the summary', () => {
    const verdict = verdictOf(text, [['open()', 'acquired'], ['use(a)', 'throws'], ['use(a)', 'lost']]);
    assert.equal(
      print(reportOn(text, [verdict])),
      [
        'src/a.ts:2:13 warning missing-release (definite)',
        '  It leaks.',
        '',
        '  1 | function f() {',
        '  2 |   const a = open();',
        '    |             ^^^^^^ 1. acquired',
        '    ...',
        '  4 |     use(a);',
        '    |     ^^^^^^ 2. throws',
        '    |            3. lost',
        '',
        'Found 1 definite.',
        'Checked 3 files in 1.2 s, 2 of which mention resources.',
        '',
      ].join('\n'),
    );
  });

  it('shows the finding’s own place where the path does not pass it', () => {
    const at = text.indexOf('a.close()');
    const verdict = verdictOf(text, [['open()', 'acquired']], { start: at, end: at + 'a.close()'.length });
    assert.match(print(reportOn(text, [verdict])), /^src\/a\.ts:6:3 [^]*\^ 1\. acquired\n {4}\.\.\.\n {2}6 \| {3}a\.close\(\);\n {4}\| {3}\^{9} 2\. here\n/);
  });

  it('counts hints, and prints them when asked', () => {
    const verdicts = [verdictOf(text, [['open()', '']], { severity: 'hint', tier: 'hint' })];
    assert.equal(print(reportOn(text, verdicts)), 'Found 1 hint. 1 hint is not shown; --hints shows them.\nChecked 3 files in 1.2 s, 2 of which mention resources.\n');
    assert.match(print(reportOn(text, verdicts), { hints: true }), /^src\/a\.ts:2:13 hint missing-release \(hint\)\n/);
  });

  it('is findings only when it is quiet', () => {
    assert.equal(print(reportOn(text, []), { quiet: true }), '');
    assert.doesNotMatch(print(reportOn(text, [verdictOf(text, [['open()', 'acquired']])]), { quiet: true }), /Checked|Found/);
  });

  it('groups what was skipped by reason', () => {
    const files = (reason: string, count: number) => Array.from({ length: count }, (_, index) => ({ file: `${reason}${String(index)}.ts`, reason }));
    const printed = print(reportOn(text, [], { skipped: [...files('large', 2), ...files('binary', 5)], notes: ['A note.'] }));
    assert.match(printed, /Skipped 7 files:\n {2}5 files: binary\n {2}large0\.ts, large1\.ts: large\nA note\.\n$/);
  });

  it('cuts long lines around the mark', () => {
    const long = `${'a'.repeat(500)} open() ${'b'.repeat(500)}\n`;
    const rows = print(reportOn(long, [verdictOf(long, [['open()', 'acquired']])])).split('\n');
    const [code, mark] = rows.filter((row) => row.includes('|'));
    assert.ok(code && code.length < 140, code);
    assert.equal(code.indexOf('open()'), mark?.indexOf('^^^^^^'));
  });

  it('lines marks up under tabs, wide and combining characters', () => {
    for (const [before, width] of [['\t\t', 4], ['漢字', 4], ['e\u0301', 1], ['😀', 2]] as const) {
      const code = `${before}open()\n`;
      const rows = print(reportOn(code, [verdictOf(code, [['open()', 'acquired']])])).split('\n');
      assert.equal(rows.find((row) => row.includes('^'))?.indexOf('^'), '  1 | '.length + width, JSON.stringify(before));
    }
  });

  it('marks what spans lines on its first', () => {
    const code = 'open(\n  p,\n)\n';
    const printed = print(reportOn(code, [verdictOf(code, [[code.trim(), 'acquired']])]));
    assert.match(printed, /1 \| open\(\n {4}\| \^\^\^\^\^ acquired\n/);
  });

  it('prints nothing that a terminal obeys', () => {
    const code = 'open("\u001B[31m\u009B2J\u202E\u0007")\n';
    const verdict = verdictOf(code, [[code.trim(), 'bad \u001B]0;title\u0007']], { message: 'a\u001B[2J\nb' });
    const printed = print(reportOn(code, [verdict], { notes: ['x\u001Bc'], skipped: [{ file: 'f\u001B[1m.ts', reason: 'r\u0000' }] }));
    assert.equal([...printed].filter((character) => character !== '\n' && cleanLine(character) === '').join(''), '');
    assert.match(printed, /open\("\[31m2J"\)/);
  });

  it('is coloured on demand only', withProject({ 'a.ts': LEAK }, (project) => {
    const escapes = (args: readonly string[], env: Record<string, string> = {}) => project.run(['check', '--no-types', ...args], { env }).stdout.includes('\u001B[');
    assert.deepEqual([escapes([]), escapes(['--color']), escapes(['--no-color'], { FORCE_COLOR: '1' }), escapes([], { FORCE_COLOR: '1' }), escapes(['--color'], { NO_COLOR: '1' })], [false, true, false, true, true]);
  }));

  it('reaches the terminal cleaned of control characters in names and code', withProject({ 'a\u001B[2J.ts': LEAK.replace('fh.stat()', "fh.stat(/* \u001B[2J */)") }, (project) => {
    const { stdout, stderr } = project.run(['check', '--no-types']);
    assert.equal(stderr, '');
    assert.equal(stdout.includes('\u001B'), false);
    assert.match(stdout, /^a\[2J\.ts:3:20 warning/);
  }));
});

describe('a closed pipe', () => {
  it('ends the command quietly', withProject(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`f${String(index)}.ts`, LEAK])), async (project) => {
    const child = spawn(process.execPath, [MAIN, 'check', '--no-types'], { cwd: project.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const status = await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual([status, stderr], [1, '']);
  }));
});

describe('progress', () => {
  function record({ isTTY = true, columns = 30 } = {}) {
    const written: string[] = [];
    let time = 0;
    const stream = { isTTY, columns, write: (text: string) => written.push(text) > 0 };
    return { written, tick: (milliseconds: number) => (time += milliseconds), progress: createProgress(stream, true, () => time) };
  }

  it('is one line, cut to the terminal, rewritten now and then, and cleared', () => {
    const { written, tick, progress } = record();
    progress.show(1, 10, 'src/a.ts');
    progress.show(2, 10, 'src/b.ts');
    tick(100);
    progress.show(3, 10, `src/${'long'.repeat(20)}\u001B[2J.ts`);
    progress.clear();
    assert.deepEqual(written, ['\r\u001B[K1/10 src/a.ts', '\r\u001B[K3/10 src/longlonglonglonglong', '\r\u001B[K']);
  });

  it('is nothing where no terminal is, and clears nothing where nothing was shown', () => {
    const { written, progress } = record({ isTTY: false });
    progress.show(1, 1, 'a.ts');
    progress.clear();
    const silent = record();
    silent.progress.clear();
    assert.deepEqual([...written, ...silent.written], []);
  });
});
