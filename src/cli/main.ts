import { CommanderError } from 'commander';
import { EXIT, Failure, type ExitCode } from './failure';
import { tolerateBrokenPipe, write } from './output';
import { createProgram, type CheckOptions } from './program';
import { cleanLine } from './report/clean';

/** Runs the command line and gives its exit code. Whatever goes wrong becomes a sentence on stderr. */
async function run(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const out: string[] = [];
  const err: string[] = [];
  const check = async (paths: readonly string[], options: CheckOptions) => {
    // TypeScript takes a quarter of a second to load: --version and a misspelt option should not wait for it.
    const { check } = await import('./check.js');
    code = await check(paths, options, { cwd: process.cwd(), env: process.env, stdout: process.stdout, stderr: process.stderr });
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

function explain(error: unknown): string {
  if (error instanceof Failure) return `managed-scope: ${error.message}\n`;
  const words = cleanLine(error instanceof Error ? error.message : String(error));
  // Not what the person did, but what we did not foresee. The stack is for us, and has to be asked for.
  const stack = process.env['MANAGED_SCOPE_DEBUG'] && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  return `managed-scope: something went wrong that should not have: ${words}\n${stack}`;
}

tolerateBrokenPipe(process.stdout);
tolerateBrokenPipe(process.stderr);
void run(process.argv).then((code) => {
  process.exitCode = code;
});
