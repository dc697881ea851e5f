import { onceAsync } from './once.js';
import type { NotPromise } from './protocol.js';
import { asyncDisposeSymbol, callable, disposeSymbol } from './symbols.js';

/**
 * A release as something to `using`: `using _ = defer(() => child.kill())`. It runs once. A release that returns a
 * promise does not compile, since `using` would not wait for it: that is {@link deferAsync}.
 *
 * @throws TypeError when the release cannot be called; later, what it throws.
 */
export function defer<R>(release: () => R & NotPromise<R>): Disposable {
  let owed: (() => unknown) | undefined = callable(release);
  return {
    [disposeSymbol]() {
      const run = owed;
      owed = undefined;
      run?.();
    },
  };
}

/**
 * A release as something to `await using`: `await using _ = deferAsync(() => redis.quit())`. It runs once; who disposes
 * again while it runs waits for the same promise.
 *
 * @throws TypeError when the release cannot be called; disposal rejects with what it throws.
 */
export function deferAsync(release: () => unknown): AsyncDisposable {
  callable(release);
  return { [asyncDisposeSymbol]: onceAsync(() => release()) };
}
