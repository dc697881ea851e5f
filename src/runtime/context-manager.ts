import type { ContextManager, Failure, Verdict } from './protocol.js';

/**
 * Makes a manager from a generator function: what stands before its one `yield` enters, the value yielded goes to the
 * body, what stands after it exits (Python's `@contextmanager`).
 *
 * A failure of the body is thrown at the `yield`: put release code in a `finally`. Thrown again, it passes on; another
 * error replaces it and keeps it as `cause`; a generator that swallows it and completes has suppressed it, unless it
 * returns `false`. Each call gives a manager of its own that can be entered once; arguments and `this` reach the generator.
 *
 * @throws Error `generator already entered`, `generator didn't yield` (from `enter`), `generator didn't stop` (from
 * `exit`, after closing the generator so that its `finally` blocks run).
 */
export function contextManager<A extends unknown[], T, R extends Verdict, This = unknown>(
  fn: (this: This, ...args: A) => Generator<T, R, void>,
): (this: This, ...args: A) => ContextManager<T, true extends R ? true : false>;
export function contextManager<A extends unknown[], T, This>(
  fn: (this: This, ...args: A) => Generator<T, Verdict, void>,
): (this: This, ...args: A) => ContextManager<T, boolean> {
  return sameShape(fn, function (...args) {
    return manage(() => fn.apply(this, args));
  });
}

function manage<T>(start: (() => Generator<T, Verdict, void>) | undefined): ContextManager<T, boolean> {
  let generator: Generator<T, Verdict, void> | undefined;
  return {
    enter() {
      generator = once(start);
      start = undefined; // Lets go of the arguments, as contextlib does.
      return yielded(generator.next());
    },
    exit(failure) {
      const running = entered(generator);
      try {
        const { done, value } = failure ? running.throw(failure.error) : running.next();
        if (done) return failure && value !== false;
      } catch (error) {
        return passes(error, failure);
      }
      running.return();
      throw didNotStop(failure);
    },
  };
}

/** What can be entered once, the first time. */
export function once<S>(start: (() => S) | undefined): S {
  if (!start) throw new Error('generator already entered');
  return start();
}

export function entered<G>(generator: G | undefined): G {
  if (!generator) throw new Error('generator not entered');
  return generator;
}

/** The failure that came back unchanged is not suppressed; what else was thrown is the new error, untouched. */
export function passes(error: unknown, failure: Failure | undefined): false {
  if (failure && Object.is(error, failure.error)) return false;
  throw error;
}

/** For a generator that yielded a second time; it has been closed, and had its `finally` blocks run, by `return()`. */
export const didNotStop = (failure: Failure | undefined): Error => new Error(`generator didn't stop${failure ? ' after throw()' : ''}`);

/** What the first step of a generator yielded. */
export function yielded<T>({ done, value }: IteratorResult<T, unknown>): T {
  if (done) throw new Error("generator didn't yield");
  return value;
}

/** Gives a wrapper the name and the length of what it wraps. */
export function sameShape<F extends (...args: never[]) => unknown>({ name, length }: { name: string; length: number }, wrapper: F): F {
  return Object.defineProperties(wrapper, { name: { value: name }, length: { value: length } });
}
