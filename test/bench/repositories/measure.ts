import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** One run of a fresh Node process. */
export interface Run {
  readonly seconds: number;
  /** Processor time of all its threads, in seconds: tells more than the clock where others use the machine. */
  readonly processor: number;
  /** Peak of resident memory, in MiB. */
  readonly peak: number;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with Node and measures it. Its output goes to files: pipes would make it wait for us. */
export function runMeasured(argv: readonly string[], cwd: string): Run {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const at = (name: string): string => path.join(scratch, name);
  const out = openSync(at('out'), 'w');
  try {
    const err = openSync(at('err'), 'w');
    try {
      const started = performance.now();
      const { status } = spawnSync(process.execPath, ['--require', path.join(__dirname, 'peak.js'), ...argv], {
        cwd,
        stdio: ['ignore', out, err],
        env: { ...process.env, BENCH_PEAK_FILE: at('peak') },
      });
      const seconds = (performance.now() - started) / 1000;
      return { seconds, ...readUsage(at('peak')), status, stdout: readFileSync(at('out'), 'utf8'), stderr: readFileSync(at('err'), 'utf8') };
    } finally {
      closeSync(err);
    }
  } finally {
    closeSync(out);
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Not written where the process was killed. */
function readUsage(file: string): { peak: number; processor: number } {
  const [peak = NaN, processor = NaN] = existsSync(file) ? readFileSync(file, 'utf8').split(' ').map(Number) : [];
  return { peak: peak / 1024, processor: processor / 1e6 };
}

/** The arguments for `tsc --noEmit` over files, with options that take any project's code; the configuration is written to `folder`. */
export function compilerArguments(files: readonly string[], typeRoots: readonly string[], folder: string): string[] {
  const config = path.join(folder, 'tsconfig.json');
  const compilerOptions = {
    target: 'esnext', module: 'preserve', moduleResolution: 'bundler', jsx: 'preserve', strict: true, allowJs: true, checkJs: false, noEmit: true, skipLibCheck: true, types: ['*'], typeRoots,
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  return [require.resolve('typescript/bin/tsc'), '-p', config];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
