import { AsyncExitStack } from './async-exit-stack.js';
import type { Awaitable, ScopeOptions } from './protocol.js';
import { withManaged } from './with-managed.js';

/**
 * Runs a body with a new {@link AsyncExitStack} and exits it with the outcome of the body; so each manager on it
 * learns whether the body failed. `releaseTimeout` is for each single release.
 *
 * @returns what the body returns. If a manager on the stack suppressed the failure there is no result: write
 * `scope<R | undefined>` when you enter one that may.
 */
export function scope<R>(body: (stack: AsyncExitStack) => Awaitable<R>, options?: ScopeOptions): Promise<R>;
export function scope<R>(body: (stack: AsyncExitStack) => Awaitable<R>, options: ScopeOptions = {}): Promise<R | undefined> {
  return withManaged(new AsyncExitStack(options), body, { signal: options.signal });
}
