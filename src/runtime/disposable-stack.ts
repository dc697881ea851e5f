import type { Failure } from './protocol.js';
import { hidden, suppressing, tag } from './suppressed-error.js';
import { callable, disposeSymbol, disposerOf, fallBack, live } from './symbols.js';

/** An instance of {@link DisposableStack}: releases in the reverse of the order in which it was given them. */
export interface SyncStack extends Disposable {
  /** Whether the stack has been disposed of, or moved. */
  readonly disposed: boolean;
  /** Releases everything, last in first out; does nothing the second time. @throws what a release threw, later errors on top. */
  dispose(): void;
  /** Takes a disposable and returns it; null and undefined are allowed. @throws TypeError when it is not disposable. */
  use<T extends Disposable | null | undefined>(value: T): T;
  /** Takes a value with its release, and returns the value. */
  adopt<T>(value: T, onDispose: (value: T) => unknown): T;
  /** Takes a release. */
  defer(onDispose: () => unknown): void;
  /** Moves everything into a new stack, and leaves this one disposed. */
  move(): SyncStack;
  readonly [Symbol.toStringTag]: string;
}

/** DisposableStack of the proposal. The place of its [[DisposeCapability]] is empty once it is disposed. */
function createDisposableStack(): new () => SyncStack {
  // Named by its property, since that is the name that a bundler leaves alone.
  const { DisposableStack: Stack } = {
    DisposableStack: class implements SyncStack {
      #releases: (() => unknown)[] | undefined = [];
      declare [Symbol.dispose]: () => void;
      declare readonly [Symbol.toStringTag]: string;

      constructor() {
        fallBack(this, new.target, Stack.prototype);
      }
      get disposed(): boolean {
        return !this.#releases;
      }
      dispose(): void {
        const releases = this.#releases;
        this.#releases = undefined;
        let failure: Failure | undefined;
        for (let release; (release = releases?.pop()); ) {
          try {
            release();
          } catch (error) {
            failure = suppressing(error, failure);
          }
        }
        if (failure) throw failure.error;
      }
      use<T extends Disposable | null | undefined>(value: T): T {
        const releases = live(this.#releases);
        if (value !== null && value !== undefined) releases.push(disposerOf(value));
        return value;
      }
      adopt<T>(value: T, onDispose: (value: T) => unknown): T {
        const releases = live(this.#releases);
        callable(onDispose);
        releases.push(() => onDispose(value));
        return value;
      }
      defer(onDispose: () => unknown): void {
        live(this.#releases).push(callable(onDispose));
      }
      move(): SyncStack {
        const moved = new Stack();
        moved.#releases = live(this.#releases);
        this.#releases = undefined;
        return moved;
      }
    },
  };
  const { prototype } = Stack;
  Object.defineProperties(prototype, { [disposeSymbol]: hidden(prototype.dispose), [Symbol.toStringTag]: tag('DisposableStack') });
  return Stack;
}

/** The native DisposableStack where there is one, else a class by the specification's steps. */
export const DisposableStack: new () => SyncStack = /* @__PURE__ */ (() => Reflect.get(globalThis, 'DisposableStack') ?? createDisposableStack())();
