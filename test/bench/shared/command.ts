/** A mistake in how a command was called, or in what it was given; printed without a stack. */
export class UsageError extends Error {}

/** Runs a command: what it prints is its result, a mistake is one line and exit code 2. */
export function runCommand(work: () => void | Promise<void>): void {
  Promise.resolve()
    .then(work)
    .catch((error: unknown) => {
      process.exitCode = 2;
      const told = error instanceof UsageError || (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
      process.stderr.write(`${told ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    });
}

export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Progress goes to where results don't. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
