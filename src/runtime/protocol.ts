// The words that every other module speaks. Types only: nothing of this file is left at run time.

/** A value, or something that can be awaited for it. */
export type Awaitable<T> = T | PromiseLike<T>;

/**
 * How a body failed. It is an object because `throw undefined` is a failure too; a body that completed has no failure
 * at all (`exit(undefined)`), as Python's `__exit__(None, None, None)`.
 */
export interface Failure {
  readonly error: unknown;
}

/** Whether a failure is suppressed: by `true` alone; a release may return anything or nothing. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- void, so that an exit without a return is one
export type Verdict = boolean | void;

/** What `exit` may return: `true`, and nothing else that is truthy, suppresses the failure. */
export type ExitResult<S extends boolean> = S extends true ? Verdict : Exclude<Verdict, true>;

/**
 * Enters and exits a scope, synchronously, and is told how the body ended (Python's `__enter__` / `__exit__`).
 *
 * - `enter` acquires; what it returns is handed to the body. If it throws, neither body nor `exit` runs.
 * - `exit` runs exactly once after the body, with the failure if there was one. Returning `true` suppresses that failure.
 *   Throwing the same error again lets it pass; throwing another one translates it (the first becomes its `cause`).
 *
 * A manager is not disposable on purpose: `Symbol.dispose` is not told whether the body failed.
 *
 * @typeParam S whether `exit` may suppress; it adds `undefined` to the result of `withManaged`.
 */
export interface ContextManager<T, S extends boolean = false> {
  enter(): T;
  exit(failure?: Failure): ExitResult<S>;
}

/** A {@link ContextManager} whose `enter` and `exit` may be awaited (Python's `__aenter__` / `__aexit__`). */
export interface AsyncContextManager<T, S extends boolean = false> {
  enter(): T | PromiseLike<T>;
  exit(failure?: Failure): Awaitable<ExitResult<S>>;
}

/** Either kind of manager. */
export type AnyManager<T, S extends boolean = false> = ContextManager<T, S> | AsyncContextManager<T, S>;

/** What `await using` takes. */
export type AnyDisposable = AsyncDisposable | Disposable | null | undefined;

/** A manager by its shape; `X` is what its `exit` returns, from which {@link Outcome} follows. */
export interface Enterable<T, X> {
  enter(): T | PromiseLike<T>;
  exit(failure?: Failure): X;
}

/** A synchronous manager by its shape. */
export interface SyncEnterable<T, X> {
  enter(): T;
  exit(failure?: Failure): X;
}

/** The result of a body under an `exit` that returns `X`: it may be missing if, and only if, `true` is in `X`. */
export type Outcome<R, X> = true extends Awaited<X> ? R | undefined : R;

/** A result that is no promise: a synchronous scope would be over before such a promise settles. */
export type NotPromise<R> = R extends PromiseLike<unknown> ? never : R;

/** How long a release may take. */
export interface ReleaseOptions {
  /**
   * Milliseconds that one release may take. A release that takes longer counts as one that threw an error named
   * `TimeoutError`; it goes on unwatched, and what becomes of it is ignored.
   */
  readonly releaseTimeout?: number | undefined;
}

/** Options of a scope that runs a body. */
export interface ScopeOptions extends ReleaseOptions {
  /** Looked at before entering and before the body, never handed to a release. Its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}
