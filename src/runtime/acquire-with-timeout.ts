import type { AnyDisposable, Awaitable } from './protocol.js';
import { releaseOf } from './release.js';
import { asyncDisposerOf } from './symbols.js';
import { within } from './timeout.js';

/**
 * Acquires, for at most `ms` milliseconds. What arrives late is released at once, instead of being lost with the promise.
 *
 * @param acquire is called with a signal that aborts, with the error as its reason, when the time is over.
 * @param release releases what arrived late; without it, that has to be disposable. Its outcome is ignored.
 * @throws an error named `TimeoutError`, or what `acquire` throws in time.
 */
export function acquireWithTimeout<T extends AnyDisposable>(acquire: (signal: AbortSignal) => Awaitable<T>, ms: number): Promise<T>;
export function acquireWithTimeout<T>(
  acquire: (signal: AbortSignal) => Awaitable<T>,
  ms: number,
  release: (value: T) => unknown,
): Promise<T>;
export async function acquireWithTimeout<T>(
  acquire: (signal: AbortSignal) => Awaitable<T>,
  ms: number,
  release?: (value: T) => unknown,
): Promise<T> {
  const controller = new AbortController();
  const arrival = (async () => acquire(controller.signal))();
  try {
    return await within(arrival, ms);
  } catch (error) {
    // Also when `acquire` itself failed: then there is nothing to abort and nothing to release.
    controller.abort(error);
    arrival.then(release ?? ((value) => releaseOf(value, asyncDisposerOf).run())).catch(() => undefined);
    throw error;
  }
}
