import type { Failure, NotPromise, Outcome, SyncEnterable, Verdict } from './protocol.js';
import { isManager, released, releaseOf } from './release.js';
import { disposerOf } from './symbols.js';

/**
 * {@link withManaged} for a manager, a disposable or null, and a body, none of which awaits. A body that
 * returns a promise does not compile: the scope would be over before the promise settles.
 *
 * @throws TypeError, before the body, when the resource is neither a manager nor disposable.
 */
export function withManagedSync<T, R, X extends Verdict>(
  manager: SyncEnterable<T, X>,
  body: (value: T) => R & NotPromise<R>,
): Outcome<R, X>;
export function withManagedSync<T extends Disposable | null | undefined, R>(resource: T, body: (resource: T) => R & NotPromise<R>): R;
export function withManagedSync<R>(resource: unknown, body: (value: unknown) => R): R | undefined {
  const release = releaseOf(resource, disposerOf);
  const value = isManager(resource) ? resource.enter() : resource;
  let result: R | undefined;
  let failure: Failure | undefined;
  try {
    result = body(value);
  } catch (error) {
    failure = { error };
  }
  failure = released(release, failure);
  if (failure) throw failure.error;
  return result;
}
