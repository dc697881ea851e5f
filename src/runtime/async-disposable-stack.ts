import type { AnyDisposable, Failure } from './protocol.js';
import { hidden, suppressing, tag } from './suppressed-error.js';
import { asyncDisposeSymbol, asyncDisposerOf, callable, fallBack, live } from './symbols.js';

/** An instance of {@link AsyncDisposableStack}: awaits each release, in the reverse of the order in which it was given them. */
export interface AsyncStack extends AsyncDisposable {
  /** Whether disposal has begun, or the stack was moved. */
  readonly disposed: boolean;
  /** Releases everything, last in first out; resolves at once the second time. Rejects with what a release threw, later errors on top. */
  disposeAsync(): Promise<void>;
  /** Takes a disposable of either kind and returns it; null and undefined are allowed. @throws TypeError when it is not disposable. */
  use<T extends AnyDisposable>(value: T): T;
  /** Takes a value with its release, and returns the value. */
  adopt<T>(value: T, onDisposeAsync: (value: T) => unknown): T;
  /** Takes a release. */
  defer(onDisposeAsync: () => unknown): void;
  /** Moves everything into a new stack, and leaves this one disposed. */
  move(): AsyncStack;
  [Symbol.asyncDispose](): Promise<void>;
  readonly [Symbol.toStringTag]: string;
}

/** AsyncDisposableStack of the proposal, with its count of awaits. */
function createAsyncDisposableStack(): new () => AsyncStack {
  // Stands for null and undefined, which have no method but ask for one await in all.
  const nothing = (): void => undefined;

  // Named by its property, since that is the name that a bundler leaves alone.
  const { AsyncDisposableStack: Stack } = {
    AsyncDisposableStack: class implements AsyncStack {
      #releases: (() => unknown)[] | undefined = [];
      declare [Symbol.asyncDispose]: () => Promise<void>;
      declare readonly [Symbol.toStringTag]: string;

      constructor() {
        fallBack(this, new.target, Stack.prototype);
      }
      get disposed(): boolean {
        return !this.#releases;
      }
      async disposeAsync(): Promise<void> {
        const releases = this.#releases;
        this.#releases = undefined;
        let failure: Failure | undefined;
        let needsAwait = false;
        let hasAwaited = false;
        for (let release; (release = releases?.pop()); ) {
          if (release === nothing) {
            needsAwait = true;
            continue;
          }
          try {
            const result = release();
            hasAwaited = true;
            await result;
          } catch (error) {
            failure = suppressing(error, failure);
          }
        }
        if (needsAwait && !hasAwaited) await undefined;
        if (failure) throw failure.error;
      }
      use<T extends AnyDisposable>(value: T): T {
        live(this.#releases).push(value === null || value === undefined ? nothing : asyncDisposerOf(value));
        return value;
      }
      adopt<T>(value: T, onDisposeAsync: (value: T) => unknown): T {
        const releases = live(this.#releases);
        callable(onDisposeAsync);
        releases.push(() => onDisposeAsync(value));
        return value;
      }
      defer(onDisposeAsync: () => unknown): void {
        live(this.#releases).push(callable(onDisposeAsync));
      }
      move(): AsyncStack {
        const moved = new Stack();
        moved.#releases = live(this.#releases);
        this.#releases = undefined;
        return moved;
      }
    },
  };
  const { prototype } = Stack;
  Object.defineProperties(prototype, {
    [asyncDisposeSymbol]: hidden(prototype.disposeAsync),
    [Symbol.toStringTag]: tag('AsyncDisposableStack'),
  });
  return Stack;
}

/** The native AsyncDisposableStack where there is one, else a class by the specification's steps. */
export const AsyncDisposableStack: new () => AsyncStack = /* @__PURE__ */ (() =>
  Reflect.get(globalThis, 'AsyncDisposableStack') ?? createAsyncDisposableStack())();
