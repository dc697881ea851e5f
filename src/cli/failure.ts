/** Something that keeps a command from doing its work, in words for the person who ran it. Ends with exit code 2. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** The exit codes. */
export const EXIT = { clean: 0, found: 1, failed: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
