import type { Awaitable } from './protocol.js';

/**
 * The result itself when there is no limit. Else settles as it does, or rejects after `ms` milliseconds with an error named
 * as that of `AbortSignal.timeout`. What the result becomes later is observed, so that it is no unhandled rejection.
 */
export function within<T>(result: Awaitable<T>, ms: number | undefined): Awaitable<T> {
  if (ms === undefined) return result;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(`Not done after ${ms} ms`), { name: 'TimeoutError' })), ms);
  });
  return Promise.race([result, late]).finally(() => clearTimeout(timer));
}
