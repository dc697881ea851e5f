import { getHeapStatistics } from 'node:v8';
import { releaseMemory } from '../memory';

/** The share of the heap's limit from which on memory is given back. */
const FULL = 0.75;
/** The share up to which a program may be read: what is read is bound and checked afterwards, which takes about as much again as half of it. */
const READ = 0.5;
/** The usual size of a semi-space, in megabytes. */
const SEMI_SPACE = 16;
/** How many checks must go well before filling up again counts as the first time. */
const CALM = 20;

/** How a guard learns of the heap. Bytes. */
export interface Heap {
  readonly limit: number;
  readonly used: () => number;
  readonly collect: () => void;
}

/**
 * Keeps the process from dying for want of memory. When it runs short, what can be made again is let go; when that does not
 * help, or does not last, types are given up: they need most of it. `restart` tries again.
 */
export class MemoryGuard {
  readonly #heap: Heap;
  #calm = CALM;
  #typed = true;
  #refused = false;

  constructor(heap: Heap = processHeap()) {
    this.#heap = heap;
  }

  /** Types may be asked for. */
  get typesAllowed(): boolean {
    return this.#typed;
  }

  /** To be called after work that takes memory: tells whether it ran short. Then `release` was called, which lets go what can be made again. */
  ranShort(release: () => void): boolean {
    if (!this.#refused && !this.#isFull(FULL)) {
      this.#calm += 1;
      return false;
    }
    release();
    this.#heap.collect();
    if (this.#isFull(FULL) || this.#calm < CALM) this.#typed = false;
    this.#calm = 0;
    this.#refused = false;
    return true;
  }

  /** To be asked in the middle of work that takes much memory. When it says no, the work has to end. */
  mayGrow(): boolean {
    if (!this.#isFull(READ)) return true;
    this.#heap.collect();
    this.#refused = this.#isFull(READ);
    return !this.#refused;
  }

  restart(): void {
    this.#typed = true;
    this.#calm = CALM;
  }

  #isFull(share: number): boolean {
    return this.#heap.used() > this.#heap.limit * share;
  }
}

/** What V8's limit counts beyond the old generation, in bytes: three semi-spaces. Young objects do not stay there. */
export function youngOf(options: string): number {
  const [, megabytes] = /--max[-_]semi[-_]space[-_]size[= ](\d+)/.exec(options) ?? [];
  return 3 * Number(megabytes ?? SEMI_SPACE) * 1024 * 1024;
}

function processHeap(): Heap {
  return {
    limit: getHeapStatistics().heap_size_limit - youngOf([...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ')),
    used: () => getHeapStatistics().used_heap_size,
    collect: () => {
      releaseMemory(0);
    },
  };
}
