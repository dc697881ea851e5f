import { onceAsync } from './once.js';
import type { Awaitable, Enterable, Verdict } from './protocol.js';
import { isManager } from './release.js';
import { asyncDisposeSymbol } from './symbols.js';

/** A manager that was entered, for `await using`. */
export interface Managed<T> extends AsyncDisposable {
  /** What the manager entered with. */
  readonly value: T;
  /** Marks the body as successful, and returns its argument: `return handle.ok(result)`. */
  ok<R>(result: R): R;
  ok(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Enters a manager for `await using`, which does not say how the body ended: the body says so itself, by `ok()`. A scope
 * that is left without it exits the manager with the failure `Error('scope left without ok()')`.
 *
 * The manager sees that marker, not the error of the body; when it throws the marker again that is dropped, so that the
 * error of the body is what arrives. What else its `exit` throws comes out. Where the manager has to see the error, use
 * {@link withManaged}.
 *
 * @throws TypeError when it is not a manager.
 */
export async function managed<T>(manager: Awaitable<Enterable<T, Awaitable<Verdict>>>): Promise<Managed<T>> {
  const given = await manager;
  if (!isManager(given)) throw new TypeError('not a manager');
  const value = await given.enter();
  let succeeded = false;
  return {
    value,
    ok<R>(result?: R) {
      succeeded = true;
      return result;
    },
    [asyncDisposeSymbol]: onceAsync(async () => {
      const marker = new Error('scope left without ok()');
      try {
        await given.exit(succeeded ? undefined : { error: marker });
      } catch (error) {
        if (error !== marker) throw error;
      }
    }),
  };
}
