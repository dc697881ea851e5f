import type { Enterable, Failure } from './protocol.js';
import { isManager } from './release.js';
import type { Release } from './release.js';
import { settled } from './suppressed-error.js';
import { callable, live } from './symbols.js';

/** What the two exit stacks share: they take releases in order, until they are disposed of or moved. */
export abstract class ReleaseStack<D, X> {
  protected releases: Release[] | undefined = [];

  protected abstract disposer(value: unknown): () => unknown;

  /** Whether the stack has been exited, disposed of or moved. */
  get disposed(): boolean {
    return !this.releases;
  }

  /**
   * Takes a disposable and returns it; null and undefined are allowed.
   *
   * @throws TypeError when it is not disposable, ReferenceError when the stack is disposed.
   */
  use<T extends D>(value: T): T {
    this.add(value === null || value === undefined ? () => undefined : this.disposer(value));
    return value;
  }

  /** Takes a value with its release, which is not told of the failure, and returns the value. @throws as {@link defer}. */
  adopt<T>(value: T, release: (value: T) => unknown): T {
    callable(release);
    this.add(() => release(value));
    return value;
  }

  /** Takes a release that is not told of the failure. @throws TypeError when it cannot be called, ReferenceError as {@link use}. */
  defer(release: () => unknown): void {
    callable(release);
    this.add(() => release());
  }

  /**
   * Takes an exit that is told of the failure, and suppresses it by returning `true`; or a manager whose `exit` is to be
   * called, without entering it.
   *
   * @throws as {@link defer}.
   */
  push(exit: ((failure?: Failure) => X) | Enterable<unknown, X>): void {
    if (!isManager(exit)) callable(exit);
    this.add(isManager(exit) ? (failure) => exit.exit(failure) : (failure) => exit(failure), true);
  }

  /** Registers a release. @throws ReferenceError when the stack is disposed. */
  protected add(run: Release['run'], told = false): void {
    live(this.releases).push({ run, told });
  }

  /** The releases, which are the caller's from now on. */
  protected take(): Release[] | undefined {
    const { releases } = this;
    this.releases = undefined;
    return releases;
  }

  /** Moves everything into `stack`. @throws ReferenceError when there is nothing left to move from. */
  protected moveTo<S extends ReleaseStack<D, X>>(stack: S): S {
    stack.releases = live(this.releases);
    this.take();
    return stack;
  }
}

/** Whether the failure was suppressed, when `now` is what the releases left of it. @throws the error that took its place. */
export function verdict(failure: Failure | undefined, now: Failure | undefined): boolean {
  if (!now) return failure !== now;
  if (failure) {
    if (Object.is(now.error, failure.error)) return false;
    settled.add(failure);
  }
  throw now.error;
}
