import { disposeSymbol } from './symbols.js';

/** One permit of a {@link Semaphore}: `using permit = await semaphore.acquire()`. */
export interface Permit extends Disposable {
  /** Gives the permit back, once; calling it again does nothing. */
  release(): void;
}

/** Lets at most a number of holders in at once; those who wait are served in the order in which they came. */
export class Semaphore {
  #available: number;
  // In order of arrival. A Set: a waiter that is aborted leaves from anywhere.
  readonly #waiting = new Set<() => void>();

  /** @throws RangeError unless `permits` is a positive integer. */
  constructor(permits: number) {
    if (!Number.isInteger(permits) || permits < 1) throw new RangeError('not a positive integer');
    this.#available = permits;
  }

  /** How many permits can be had at once. */
  get available(): number {
    return this.#available;
  }

  /**
   * Waits for a permit. Aborting the signal while waiting leaves the queue; no permit is lost by it.
   *
   * Rejects with the signal's reason.
   */
  async acquire(signal?: AbortSignal): Promise<Permit> {
    signal?.throwIfAborted();
    return (
      this.tryAcquire() ??
      new Promise((resolve, reject) => {
        const stop = (): void => {
          this.#waiting.delete(grant);
          signal?.removeEventListener('abort', abort);
        };
        const grant = (): void => {
          stop();
          resolve(this.#permit());
        };
        const abort = (): void => {
          stop();
          reject(signal?.reason);
        };
        this.#waiting.add(grant);
        signal?.addEventListener('abort', abort);
      })
    );
  }

  /** A permit if one is available now. */
  tryAcquire(): Permit | undefined {
    if (!this.#available) return undefined;
    this.#available--;
    return this.#permit();
  }

  #permit(): Permit {
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      // Handed on to the first who waits: nobody who comes later can take it in between.
      const [next] = this.#waiting;
      if (next) next();
      else this.#available++;
    };
    return { release, [disposeSymbol]: release };
  }
}

/** A {@link Semaphore} of one permit. It is not re-entrant: there is no telling whether the holder asks again. */
export class Mutex extends Semaphore {
  constructor() {
    super(1);
  }
}
