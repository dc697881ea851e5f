// SuppressedError, and the rule by which a newer error is joined to an older one.
import type { Failure } from './protocol.js';
import { fallBack, isObject } from './symbols.js';

/** Constructs errors that hold two: the newer one as `error`, the older one that it came on top of as `suppressed`. */
export type SuppressedErrorConstructor = new (
  error: unknown,
  suppressed: unknown,
  message?: string,
) => Error & { error: unknown; suppressed: unknown };

/** The attributes of built-in methods and of the fields of errors. */
export const hidden = (value: unknown): PropertyDescriptor => ({ value, writable: true, configurable: true });

/** SuppressedError ( error, suppressed, message ) of the proposal, its steps in their order. */
function createSuppressedError(): SuppressedErrorConstructor {
  // Named by its property, since that is the name that a bundler leaves alone.
  const { SuppressedError: Plain } = {
    SuppressedError: class extends Error {
      declare readonly error: unknown;
      declare readonly suppressed: unknown;
      constructor(error: unknown, suppressed: unknown, message?: string) {
        super(message);
        fallBack(this, new.target, Plain.prototype);
        Object.defineProperties(this, { error: hidden(error), suppressed: hidden(suppressed) });
      }
    },
  };
  // Unlike a class, the specified function can be called without `new`.
  const callable = new Proxy(Plain, { apply: (target, _, args) => Reflect.construct(target, args) });
  Object.defineProperties(Plain.prototype, { constructor: hidden(callable), name: hidden('SuppressedError'), message: hidden('') });
  return callable;
}

/** The native SuppressedError where there is one, else a class by the specification's steps. */
export const SuppressedError: SuppressedErrorConstructor = /* @__PURE__ */ (() => Reflect.get(globalThis, 'SuppressedError') ?? createSuppressedError())();

/** Whether a value has the name and the fields of a SuppressedError, of this or another realm or copy. */
export const isSuppressedError = (value: unknown): value is InstanceType<SuppressedErrorConstructor> =>
  isObject(value) && value.name === 'SuppressedError' && 'error' in value && 'suppressed' in value;

/** What a *blind* release threw (it was not told of the failure), on top of the failure so far. Spec: DisposeResources. */
export const suppressing = (error: unknown, failure: Failure | undefined): Failure => ({
  error: failure ? new SuppressedError(error, failure.error) : error,
});

/**
 * What an `exit` threw that was told of the failure: the same error again is no news; another one is a translation, which
 * keeps its class and gets the failure as its `cause` unless it says otherwise (CPython sets `__context__` there).
 */
export function translating(error: unknown, failure: Failure | undefined): Failure {
  return !failure || settled.has(failure) || remembers(error, failure.error) ? { error } : suppressing(error, failure);
}

/**
 * Failures that an exit stack was told of and has dealt with: what it throws is joined to them already, or was thrown
 * after they had been suppressed, and they must not come back.
 */
export const settled = /* @__PURE__ */ new WeakSet<Failure>();

/** Whether the older error can be found from the newer one, after making it its cause where that is still to be said. */
function remembers(newer: unknown, older: unknown): boolean {
  try {
    let at = newer;
    // Causes can go in a circle: a chain longer than this counts as one that does not lead there.
    for (let left = 1000; left-- && at !== older && isObject(at); ) at = 'cause' in at ? at.cause : at.suppressed;
    if (Object.is(at, older)) return true;
    if (!isObject(newer)) return false;
    // An explicit `cause: undefined` is Python's `raise ... from None`. Another cause stays: nothing is overwritten.
    if ('cause' in newer) return newer.cause === undefined;
    return Reflect.defineProperty(newer, 'cause', hidden(older));
  } catch {
    return false; // A getter or a proxy that throws.
  }
}
