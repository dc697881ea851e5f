/**
 * Measures the built command line on whole repositories: `node out/test/bench/repositories.js FOLDER... [--out FILE] [--runs N] [--cli FILE]`.
 * Findings per 1,000 lines; time and peak memory beside TypeScript's own `tsc --noEmit` over the same files. See docs/measuring.md.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isTestPath } from '../../src/engine/analyse';
import { findFiles } from '../../src/workspace/files';
import { readSource } from '../../src/workspace/read';
import { compilerArguments, median, runMeasured, type Run } from './repositories/measure';
import { excerpt, readReport, volumes, type Report, type ReportedFinding } from './repositories/report';
import { print, runCommand, tell, UsageError } from './shared/command';
import { formatTable } from './shared/table';

interface Measured {
  readonly name: string;
  readonly folder: string;
  readonly report: Report;
  readonly lines: { readonly source: number; readonly test: number };
  readonly check: readonly Run[];
  readonly compile: readonly Run[];
}

runCommand(() => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' }, runs: { type: 'string', default: '3' }, cli: { type: 'string', default: 'dist/cli.js' } } });
  const runs = Number(values.runs);
  if (positionals.length === 0 || !Number.isInteger(runs) || runs < 1) throw new UsageError('repositories FOLDER... [--out FILE] [--runs N] [--cli FILE]');
  if (!existsSync(values.cli)) throw new UsageError(`${values.cli} is not built: npm run build`);
  const measured = positionals.flatMap((folder) => measure(path.resolve(folder), path.resolve(values.cli), runs) ?? []);
  printResults(measured);
  if (values.out !== undefined) writeFileSync(values.out, writeOut(measured));
  if (measured.length < positionals.length) process.exitCode = 1;
});

/** Undefined, and told why, when the command line failed on the repository. */
function measure(folder: string, cli: string, runs: number): Measured | undefined {
  const name = path.basename(folder);
  const sources = findFiles([folder]).files.flatMap((file) => {
    const read = readSource(file);
    return 'text' in read ? [{ file, lines: read.text.split('\n').length, test: isTestPath(path.relative(folder, file).replaceAll(path.sep, '/')) }] : [];
  });
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'bench-tsc-'));
  try {
    const tsc = compilerArguments(sources.map(({ file }) => file), typeRootsAbove(folder), scratch);
    const check: Run[] = [];
    const compile: Run[] = [];
    for (let run = 1; run <= runs; run++) {
      tell(`${name}: run ${String(run)} of ${String(runs)}`);
      check.push(runMeasured([cli, 'check', '--format', 'json', '--fail-on', 'never', '--quiet', '.'], folder));
      compile.push(runMeasured(tsc, folder));
    }
    const failed = check.find(({ status }) => status !== 0);
    if (failed) {
      print(`${name}: the command line failed with ${String(failed.status)}: ${failed.stderr.slice(0, 500)}`);
      return undefined;
    }
    const count = (test: boolean): number => sources.reduce((sum, source) => sum + (source.test === test ? source.lines : 0), 0);
    return { name, folder, report: readReport(check[0]?.stdout ?? ''), lines: { source: count(false), test: count(true) }, check, compile };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function typeRootsAbove(folder: string): string[] {
  const roots: string[] = [];
  for (let at = folder; ; at = path.dirname(at)) {
    const root = path.join(at, 'node_modules', '@types');
    if (existsSync(root)) roots.push(root);
    if (path.dirname(at) === at) return roots;
  }
}

function printResults(measured: readonly Measured[]): void {
  const lines = { source: 0, test: 0 };
  for (const one of measured) {
    lines.source += one.lines.source;
    lines.test += one.lines.test;
  }
  const findings = measured.flatMap(({ report }) => report.findings);
  const crashes = measured.flatMap(({ name, report }) => report.summary.skipped.filter(({ reason }) => reason.includes('could not be analysed')).map(({ file, reason }) => `  ${name}/${file}: ${reason}`));
  print(formatTable([
    ['', 'files', 'typed', 'lines', 'test lines', 'definite', 'potential', 'check s', 'tsc s', 'check cpu', 'tsc cpu', 'check MiB', 'tsc MiB'],
    ...measured.map(({ name, report, lines: own, check, compile }) => {
      const count = (tier: string): number => report.findings.filter((finding) => finding.tier === tier && !isTestPath(finding.file)).length;
      const mid = (runs: readonly Run[], of: 'seconds' | 'processor' | 'peak'): string => median(runs.map((run) => run[of])).toFixed(of === 'peak' ? 0 : 1);
      return [name, report.summary.files, report.summary.typed, own.source, own.test, count('definite'), count('potential'), mid(check, 'seconds'), mid(compile, 'seconds'), mid(check, 'processor'), mid(compile, 'processor'), mid(check, 'peak'), mid(compile, 'peak')];
    }),
  ]));
  print(`\nFindings over ${String(lines.source)} lines of source and ${String(lines.test)} of tests, and per 1,000 lines\n${formatTable([['', 'source', 'per 1,000', 'tests', 'per 1,000'], ...volumes(findings, lines)])}`);
  print(`\nFiles that could not be analysed: ${String(crashes.length)}\n${crashes.join('\n')}`);
}

function writeOut(measured: readonly Measured[]): string {
  const order = (one: ReportedFinding, other: ReportedFinding): number => (one.tier < other.tier ? -1 : one.tier > other.tier ? 1 : Number(isTestPath(one.file)) - Number(isTestPath(other.file)));
  return measured
    .map(({ name, folder, report }) => [`## ${name}`, '', ...[...report.findings].sort(order).map((finding) => excerpt(finding, readFileSync(path.join(folder, finding.file), 'utf8')))].join('\n'))
    .join('\n');
}
