import type { Failure, SyncEnterable, Verdict } from './protocol.js';
import { isManager, released, releaseOf } from './release.js';
import { ReleaseStack, verdict } from './release-stack.js';
import { disposeSymbol, disposerOf, live } from './symbols.js';

/**
 * Managers, disposables and releases that are not awaited, released last in first out, as nested scopes would (Python's
 * `ExitStack`). It is {@link AsyncExitStack} without await; itself a manager and a disposable.
 */
export class ExitStack extends ReleaseStack<Disposable | null | undefined, Verdict> implements Disposable {
  protected override disposer(value: unknown): () => unknown {
    return disposerOf(value);
  }

  /**
   * Enters a manager and returns its value; takes a disposable as {@link use}. Without an argument: the stack itself.
   *
   * @throws TypeError when it is neither, ReferenceError when the stack is disposed; then nothing is registered.
   */
  enter<T>(manager: SyncEnterable<T, Verdict>): T;
  enter<T extends Disposable | null | undefined>(resource: T): T;
  enter(): this;
  enter(...given: unknown[]): unknown {
    if (!given.length) return this;
    const [resource] = given;
    const { run, told } = releaseOf(resource, disposerOf);
    live(this.releases);
    const value = isManager(resource) ? resource.enter() : resource;
    this.add(run, told);
    return value;
  }

  /**
   * Releases everything, last in first out, telling each exit of the failure as it then is. Does nothing the second time.
   *
   * @returns whether the failure was suppressed.
   * @throws the error that took the place of the failure, if one did.
   */
  exit(failure?: Failure): boolean {
    const releases = this.take();
    let now = failure;
    for (let release; (release = releases?.pop()); ) now = released(release, now);
    return verdict(failure, now);
  }

  /** {@link exit} without a failure. */
  dispose(): void {
    this.exit();
  }

  /** Moves everything into a new stack, and leaves this one disposed. */
  move(): ExitStack {
    return this.moveTo(new ExitStack());
  }

  [disposeSymbol](): void {
    this.exit();
  }
}
