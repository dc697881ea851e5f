import type { Awaitable } from './protocol.js';

/** Settles as `result` does, or rejects after `ms`, with the name of the error of `AbortSignal.timeout`. What comes later is observed, so that it is no unhandled rejection. */
export function within<T>(result: Awaitable<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(`Not done after ${ms} ms`), { name: 'TimeoutError' })), ms);
  });
  return Promise.race([result, late]).finally(() => clearTimeout(timer));
}
