import type { AsyncContextManager, ContextManager } from './protocol.js';
import { asyncDisposeSymbol, callable } from './symbols.js';

/**
 * A manager that enters with `value` and exits by releasing it, however the body ended (contextlib's `closing` and
 * `aclosing`). What the release returns is awaited and ignored. It holds the value before it is entered, and so is disposable
 * as well: who takes it and then cannot enter it ({@link AsyncExitStack.enterAll}) releases it.
 */
export function closing<T>(value: T, release: (value: T) => unknown): AsyncContextManager<T> & AsyncDisposable {
  callable(release);
  const exit = async (): Promise<void> => {
    await release(value);
  };
  return { enter: () => value, exit, [asyncDisposeSymbol]: exit };
}

/**
 * A manager that suppresses failures that are an instance of one of `types`, and no others; none when there are no types.
 * It may be entered any number of times (contextlib's `suppress`).
 */
export function suppress(...types: (abstract new (...args: never[]) => unknown)[]): ContextManager<void, true> {
  return {
    enter: () => undefined,
    exit: (failure) => failure && types.some((type) => failure.error instanceof type),
  };
}

/** A manager that does nothing but enter with `value`: for where a manager is optional (contextlib's `nullcontext`). */
export function nullContext<T>(value: T): ContextManager<T> {
  return { enter: () => value, exit: () => undefined };
}
