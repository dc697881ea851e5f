import { sameShape } from './context-manager.js';
import type { Awaitable, Enterable, Outcome, Verdict } from './protocol.js';
import { withManaged } from './with-managed.js';

/**
 * Makes a function that runs each of its calls inside a manager of its own (Python's `ContextDecorator`). `make` is
 * called once a call, so recursion is fine; `this`, arguments and result pass through.
 */
export function wrap<A extends unknown[], R, X extends Awaitable<Verdict>, This = unknown>(
  make: () => Awaitable<Enterable<unknown, X>>,
  fn: (this: This, ...args: A) => Awaitable<R>,
): (this: This, ...args: A) => Promise<Outcome<R, X>> {
  return sameShape(fn, async function (...args) {
    return withManaged(make(), () => fn.apply(this, args));
  });
}
