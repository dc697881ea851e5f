import type { AnyDisposable, Awaitable, Enterable, Failure, Outcome, ScopeOptions, Verdict } from './protocol.js';
import { isManager, releaseOf, returned, threw } from './release.js';
import { asyncDisposerOf } from './symbols.js';
import { within } from './timeout.js';

/**
 * Enters a manager, runs the body with its value, awaits it, and exits the manager exactly once with the outcome: the
 * scope for commit / rollback, which `await using` cannot be told of. Also takes a disposable of either kind, null, or
 * a promise of any of these.
 *
 * - `exit` returned `true`: the failure of the body is suppressed, the result is undefined. Nothing else suppresses.
 * - `exit` threw another error: it keeps its class and gets the failure as its `cause`. A disposer, which was told of
 *   nothing, that throws after a failed body: SuppressedError.
 * - `signal` is looked at before entering and before the body. What was acquired by then is released, and the signal's
 *   reason thrown. Body and release are always waited for.
 *
 * @throws TypeError, before the body, when the resource is neither a manager nor disposable.
 */
export function withManaged<T, R, X extends Awaitable<Verdict>>(
  manager: Awaitable<Enterable<T, X>>,
  body: (value: T) => Awaitable<R>,
  options?: ScopeOptions,
): Promise<Outcome<R, X>>;
export function withManaged<T extends AnyDisposable, R>(
  resource: Awaitable<T>,
  body: (resource: T) => Awaitable<R>,
  options?: ScopeOptions,
): Promise<R>;
export async function withManaged<R>(
  resource: unknown,
  body: (value: unknown) => Awaitable<R>,
  { signal, releaseTimeout }: ScopeOptions = {},
): Promise<R | undefined> {
  // Most are there already, and an await costs a step.
  const given = isManager(resource) ? resource : await resource;
  const release = releaseOf(given, asyncDisposerOf);
  let value = given;
  if (isManager(given)) {
    signal?.throwIfAborted();
    value = await given.enter();
  }
  let result: R | undefined;
  let failure: Failure | undefined;
  try {
    signal?.throwIfAborted();
    result = await body(value);
  } catch (error) {
    failure = { error };
  }
  try {
    failure = returned(release, await within(release.run(failure), releaseTimeout), failure);
  } catch (error) {
    failure = threw(release, error, failure);
  }
  if (failure) throw failure.error;
  return result;
}
