import { getHeapStatistics } from 'node:v8';
import { releaseMemory } from '../memory';

/** The share of the heap's limit from which on memory is given back. */
const FULL = 0.75;
/** How many checks must go well before filling up again counts as the first time. */
const CALM = 20;

/** How a guard learns of the heap. Bytes. */
export interface Heap {
  readonly limit: number;
  readonly used: () => number;
  readonly collect: () => void;
}

/**
 * Keeps the process from dying for want of memory. When the heap is nearly full, what can be made again is let go; when that does not
 * help, or does not last, types are given up: they need most of it. `restart` tries again.
 */
export class MemoryGuard {
  readonly #heap: Heap;
  #calm = CALM;
  #typed = true;

  constructor(heap: Heap = processHeap()) {
    this.#heap = heap;
  }

  /** Types may be asked for. */
  get typesAllowed(): boolean {
    return this.#typed;
  }

  /** To be called after work that takes memory. `release` lets go what can be made again. */
  check(release: () => void): void {
    if (!this.#isFull()) {
      this.#calm += 1;
      return;
    }
    release();
    this.#heap.collect();
    if (this.#isFull() || this.#calm < CALM) this.#typed = false;
    this.#calm = 0;
  }

  restart(): void {
    this.#typed = true;
    this.#calm = CALM;
  }

  #isFull(): boolean {
    return this.#heap.used() > this.#heap.limit * FULL;
  }
}

function processHeap(): Heap {
  return {
    limit: getHeapStatistics().heap_size_limit,
    used: () => process.memoryUsage().heapUsed,
    collect: () => {
      releaseMemory(0);
    },
  };
}
