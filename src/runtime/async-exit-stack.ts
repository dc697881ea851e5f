import type { AnyDisposable, Awaitable, Enterable, Failure, ReleaseOptions, Verdict } from './protocol.js';
import { isManager, releaseOf, returned, threw } from './release.js';
import type { Release } from './release.js';
import { asOne } from './errors.js';
import { ReleaseStack, verdict } from './release-stack.js';
import { asyncDisposeSymbol, asyncDisposerOf, live } from './symbols.js';
import { within } from './timeout.js';

type Exits = Awaitable<Verdict>;
/** What a resource gives to the body: the value that a manager enters with, or the resource itself. */
type Entered<M> = M extends Enterable<infer T, unknown> ? Awaited<T> : M;

/**
 * Managers, disposables and releases of every kind, released last in first out, as nested scopes would (Python's
 * `AsyncExitStack`). Each exit is told of the failure as it then is: one may suppress or translate it, those below see what
 * it left. It is a manager of itself, for {@link withManaged}, and an AsyncDisposable, for `await using`; as
 * the latter it is not told of a failure ({@link scope} is).
 *
 * Once it is disposed or moved, everything that adds to it throws ReferenceError.
 */
export class AsyncExitStack extends ReleaseStack<AnyDisposable, Exits> implements AsyncDisposable {
  readonly #options: ReleaseOptions;
  #exiting: Promise<boolean> | undefined;

  /** @param options how long each single release may take. */
  constructor(options: ReleaseOptions = {}) {
    super();
    this.#options = options;
  }

  protected override disposer(value: unknown): () => unknown {
    return asyncDisposerOf(value);
  }

  /**
   * Enters a manager and resolves to its value; takes a disposable as {@link use}, or a promise of either. Without an
   * argument: the stack itself. What was acquired when the stack had been disposed meanwhile is released at once.
   *
   * @throws TypeError when it is neither, ReferenceError when the stack is disposed; then nothing is registered.
   */
  enter<T>(manager: Awaitable<Enterable<T, Exits>>): Promise<T>;
  enter<T extends AnyDisposable>(resource: Awaitable<T>): Promise<T>;
  enter(): Promise<this>;
  async enter(...given: unknown[]): Promise<unknown> {
    return given.length ? this.#take(await given[0]) : this;
  }

  async #take(resource: unknown): Promise<unknown> {
    const release = releaseOf(resource, asyncDisposerOf);
    let value = resource;
    if (isManager(resource)) {
      live(this.releases);
      value = await resource.enter();
    }
    try {
      live(this.releases).push(release);
    } catch (error) {
      await this.#unwind([release], { error });
      throw error;
    }
    return value;
  }

  /**
   * Enters several without losing one: waits for all that are promised, and only if all are there enters them in order. If
   * anything fails, what was acquired is released at once, and the error thrown; several as an AggregateError. What is acquired and
   * has no symbol is promised as {@link closing}: any other manager holds nothing before it is entered.
   *
   * @returns their values, in order.
   */
  async enterAll<T extends readonly Awaitable<Enterable<unknown, Exits> | AnyDisposable>[]>(
    resources: readonly [...T],
  ): Promise<{ -readonly [K in keyof T]: Entered<Awaited<T[K]>> }>;
  async enterAll(resources: readonly Awaitable<Enterable<unknown, Exits> | AnyDisposable>[]): Promise<unknown> {
    const settled = await Promise.allSettled(resources);
    const errors = settled.flatMap((one): unknown[] => ('reason' in one ? [one.reason] : []));
    const entered = new AsyncExitStack(this.#options);
    const values: unknown[] = [];
    try {
      for (const one of settled) {
        if ('reason' in one) continue;
        try {
          // After an error nothing more is entered, but what is there already is still taken, to be released.
          if (errors.length && isManager(one.value)) entered.add(asyncDisposerOf(one.value));
          else values.push(await entered.#take(one.value));
        } catch (error) {
          // A manager without a symbol holds nothing before it is entered.
          if (!errors.length || !isManager(one.value)) errors.push(error);
        }
      }
      if (errors.length) throw asOne(errors);
      this.push(entered);
    } catch (error) {
      await entered.exit({ error });
      throw error;
    }
    return values;
  }

  /**
   * Releases everything, last in first out, telling each exit of the failure as it then is. While that goes on a second
   * call waits for the first and rejects with it; after that it does nothing.
   *
   * @returns whether the failure was suppressed. Rejects with the error that took the place of the failure, if one did.
   */
  exit(failure?: Failure): Promise<boolean> {
    const releases = this.take();
    if (releases) return (this.#exiting = this.#unwind(releases, failure));
    return Promise.resolve(this.#exiting).then(() => false);
  }

  /** {@link exit} without a failure. */
  async disposeAsync(): Promise<void> {
    await this.exit();
  }

  /** Moves everything into a new stack, and leaves this one disposed. */
  move(): AsyncExitStack {
    return this.moveTo(new AsyncExitStack(this.#options));
  }

  [asyncDisposeSymbol](): Promise<void> {
    return this.disposeAsync();
  }

  async #unwind(releases: Release[], failure: Failure | undefined): Promise<boolean> {
    let now = failure;
    for (let release; (release = releases.pop()); ) {
      try {
        now = returned(release, await within(release.run(now), this.#options.releaseTimeout), now);
      } catch (error) {
        now = threw(release, error, now);
      }
    }
    this.#exiting = undefined;
    return verdict(failure, now);
  }
}
