// One release, told of the failure or blind to it: what with-managed, the exit stacks and managed() are built from.
import type { Enterable, Failure } from './protocol.js';
import { suppressing, translating } from './suppressed-error.js';
import { isCallable, isObject } from './symbols.js';
import { within } from './timeout.js';

/** A release that is owed. */
export interface Release {
  run(failure?: Failure): unknown;
  /** Whether it is told of the failure (an `exit`) or is blind to it (a disposer, what was deferred or adopted). */
  readonly told: boolean;
}

/** Whether a value has the shape of a manager; methods that were set to null do not count. */
export const isManager = (value: unknown): value is Enterable<unknown, unknown> =>
  isObject(value) && isCallable(value.enter) && isCallable(value.exit);

/**
 * The release of what a scope was given: the `exit` of a manager, the disposer of anything else, nothing for null.
 *
 * @throws TypeError when it has neither, before anything of it has run.
 */
export function releaseOf(resource: unknown, disposer: (value: unknown) => () => unknown): Release {
  if (isManager(resource)) return { run: (failure) => resource.exit(failure), told: true };
  return { run: resource === null || resource === undefined ? () => undefined : disposer(resource), told: false };
}

/** Runs a release and says what the failure is after it: the same, none (it was suppressed), or another one. */
export async function released(release: Release, failure: Failure | undefined, ms?: number): Promise<Failure | undefined> {
  try {
    const result = release.run(failure);
    return (await (ms === undefined ? result : within(result, ms))) === true && release.told ? undefined : failure;
  } catch (error) {
    return (release.told ? translating : suppressing)(error, failure);
  }
}

/** {@link released}, for a release that does not await. */
export function releasedSync(release: Release, failure: Failure | undefined): Failure | undefined {
  try {
    return release.run(failure) === true && release.told ? undefined : failure;
  } catch (error) {
    return (release.told ? translating : suppressing)(error, failure);
  }
}
