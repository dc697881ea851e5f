// The two specified stacks: their types, and the class that they have in common, everything but how they dispose.
import type { AnyDisposable } from './protocol.js';
import { hidden } from './suppressed-error.js';
import { callable, fallBack, live } from './symbols.js';

/** An instance of `DisposableStack`: releases in the reverse of the order in which it was given them. */
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

/** An instance of `AsyncDisposableStack`: awaits each release, in the reverse of the order in which it was given them. */
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

export type Releases = (() => unknown)[];

/** Stands for null and undefined, which have no method; the asynchronous stack awaits once for them. */
export const nothing = (): void => undefined;

/**
 * Makes the class. The place of its [[DisposeCapability]] is empty once it is disposed.
 *
 * @param name of the class, and its tag.
 * @param method the name of the method that disposes; it is the value of `symbol` too.
 * @param disposer finds the release of a value.
 * @param dispose disposes of what `take` takes out of the stack; `take` throws TypeError when `this` is no such stack, inside
 * `dispose`, which makes it a rejection where that is asynchronous.
 */
export function stackClass(
  name: string,
  method: 'dispose' | 'disposeAsync',
  symbol: symbol,
  disposer: (value: unknown) => () => unknown,
  dispose: (take: () => Releases | undefined) => unknown,
): new () => SyncStack & AsyncStack {
  class Stack {
    #releases: Releases | undefined = [];
    declare dispose: () => void;
    declare disposeAsync: () => Promise<void>;
    declare [Symbol.dispose]: () => void;
    declare [Symbol.asyncDispose]: () => Promise<void>;
    declare readonly [Symbol.toStringTag]: string;

    constructor() {
      fallBack(this, new.target, Stack.prototype);
    }
    get disposed(): boolean {
      return !this.#releases;
    }
    use<T>(value: T): T {
      live(this.#releases).push(value === null || value === undefined ? nothing : disposer(value));
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
    move(): Stack {
      const moved = new Stack();
      moved.#releases = live(this.#releases);
      this.#releases = undefined;
      return moved;
    }
    [method]() {
      return dispose(() => {
        const releases = this.#releases;
        this.#releases = undefined;
        return releases;
      });
    }
  }
  const { prototype } = Stack;
  Object.defineProperties(prototype, { [symbol]: hidden(prototype[method]), [Symbol.toStringTag]: { value: name, configurable: true } });
  return Object.defineProperty(Stack, 'name', { value: name });
}
