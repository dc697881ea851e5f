import { createRequire } from 'node:module';
import { CommanderError } from 'commander';
import type * as Check from './check';
import { EXIT, explain, type ExitCode } from './failure';
import { tolerateBrokenPipe, write } from './output';
import { createProgram, type CheckOptions } from './program';

/**
 * What checks is a bundle of its own, with TypeScript in it: --version and a misspelt option need not wait for that to load.
 * `require` and not `import()`, which would search those 11 MB for names to export first.
 */
const loadCheck: (file: './check.js') => typeof Check = createRequire(__filename);

/** Runs the command line and gives its exit code. Whatever goes wrong becomes a sentence on stderr. */
async function run(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const out: string[] = [];
  const err: string[] = [];
  const check = async (paths: readonly string[], options: CheckOptions) => {
    code = await loadCheck('./check.js').check(paths, options, { cwd: process.cwd(), env: process.env, stdout: process.stdout, stderr: process.stderr });
  };
  try {
    await createProgram({ check }, { out: (text) => out.push(text), err: (text) => err.push(text) }).parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) err.push(explain(error));
    if (!(error instanceof CommanderError) || error.exitCode !== 0) code = EXIT.failed;
  }
  if (out.length > 0) await write(process.stdout, out.join(''));
  if (err.length > 0) await write(process.stderr, err.join(''));
  return code;
}

tolerateBrokenPipe(process.stdout);
tolerateBrokenPipe(process.stderr);
void run(process.argv).then((code) => {
  process.exitCode = code;
});
