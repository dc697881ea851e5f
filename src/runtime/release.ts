// One release, told of the failure or blind to it: what with-managed, the exit stacks and managed() are built from.
import type { Enterable, Failure } from './protocol.js';
import { suppressing, translating } from './suppressed-error.js';
import { isCallable, isObject } from './symbols.js';

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

/** What is left of a failure after a release that returned: nothing, if it was told of it and returned `true`. */
export const returned = ({ told }: Release, result: unknown, failure: Failure | undefined): Failure | undefined =>
  result === true && told ? undefined : failure;

/** What becomes of a failure, if there was one, when a release throws. */
export const threw = ({ told }: Release, error: unknown, failure: Failure | undefined): Failure =>
  (told ? translating : suppressing)(error, failure);

/** Runs a release that does not await, and says what the failure is after it: the same, none, or another one. */
export function released(release: Release, failure: Failure | undefined): Failure | undefined {
  try {
    return returned(release, release.run(failure), failure);
  } catch (error) {
    return threw(release, error, failure);
  }
}
