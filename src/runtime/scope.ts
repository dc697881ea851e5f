import { AsyncExitStack } from './async-exit-stack.js';
import type { Awaitable, Failure, ScopeOptions } from './protocol.js';

/**
 * Runs a body with a new {@link AsyncExitStack} and exits it with the outcome of the body; so each manager on it
 * learns whether the body failed. `releaseTimeout` is for each single release.
 *
 * @returns what the body returns. If a manager on the stack suppressed the failure there is no result: write
 * `scope<R | undefined>` when you enter one that may.
 */
export function scope<R>(body: (stack: AsyncExitStack) => Awaitable<R>, options?: ScopeOptions): Promise<R>;
export async function scope<R>(body: (stack: AsyncExitStack) => Awaitable<R>, options: ScopeOptions = {}): Promise<R | undefined> {
  options.signal?.throwIfAborted();
  const stack = new AsyncExitStack(options);
  let result: R | undefined;
  let failure: Failure | undefined;
  try {
    result = await body(stack);
  } catch (error) {
    failure = { error };
  }
  const suppressed = await stack.exit(failure);
  if (failure && !suppressed) throw failure.error;
  return result;
}
