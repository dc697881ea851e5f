import { cleanLine } from './report/clean';

/** Something that keeps a command from doing its work, in words for the person who ran it. Ends with exit code 2. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** The exit codes. */
export const EXIT = { clean: 0, found: 1, failed: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What to print of an error: never a stack trace, unless MANAGED_SCOPE_DEBUG asks for it. */
export function explain(error: unknown): string {
  const words = cleanLine(error instanceof Error ? error.message : String(error));
  if (error instanceof Failure) return `managed-scope: ${words}\n`;
  const stack = process.env['MANAGED_SCOPE_DEBUG'] && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  return `managed-scope: something went wrong that should not have: ${words}\n${stack}`;
}
