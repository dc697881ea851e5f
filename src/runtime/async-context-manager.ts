import { didNotStop, entered, once, passes, sameShape, yielded } from './context-manager.js';
import type { AsyncContextManager, Verdict } from './protocol.js';

/**
 * Makes a manager from an async generator function (Python's `@asynccontextmanager`). It is
 * {@link contextManager} for a set-up or a release that awaits: same rules, same errors, as rejections.
 *
 * A manager has no `Symbol.asyncDispose`: that of the generator would be its `return()`, which queues behind a pending
 * `next()` and is not told of the failure.
 */
export function asyncContextManager<A extends unknown[], T, R extends Verdict, This = unknown>(
  fn: (this: This, ...args: A) => AsyncGenerator<T, R, void>,
): (this: This, ...args: A) => AsyncContextManager<T, true extends R ? true : false>;
export function asyncContextManager<A extends unknown[], T, This>(
  fn: (this: This, ...args: A) => AsyncGenerator<T, Verdict, void>,
): (this: This, ...args: A) => AsyncContextManager<T, boolean> {
  return sameShape(fn, function (...args) {
    return manageAsync(() => fn.apply(this, args));
  });
}

function manageAsync<T>(start: (() => AsyncGenerator<T, Verdict, void>) | undefined): AsyncContextManager<T, boolean> {
  let generator: AsyncGenerator<T, Verdict, void> | undefined;
  return {
    async enter() {
      generator = once(start);
      start = undefined;
      return yielded(await generator.next());
    },
    async exit(failure) {
      const running = entered(generator);
      try {
        const { done, value } = await (failure ? running.throw(failure.error) : running.next());
        if (done) return failure && value !== false;
      } catch (error) {
        return passes(error, failure);
      }
      await running.return();
      throw didNotStop(failure);
    },
  };
}
