import type { LiveAnalysis } from './analyseDocument';

/** Why an analysis was stopped: another version took the document's place, or nobody waits for it any longer. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

interface Running {
  readonly key: string;
  readonly result: Promise<LiveAnalysis>;
  readonly stop: AbortController;
  waiting: number;
}

/** What was concluded of a document's text, and under which circumstances it holds. */
export interface Concluded {
  readonly analysis: LiveAnalysis;
  /** The options that it was made with. */
  readonly key: string;
  /** The epoch of its program in which its answers were last seen to hold. */
  readonly epoch: number;
}

/** A document that an editor holds, with what is known of it. */
export class OpenDocument {
  concluded: Concluded | undefined;
  /** How long the last analysis took, in milliseconds. */
  cost = 0;
  /** The last edit came while an analysis was running: there is a burst of them. */
  hurried = false;
  #text: string;
  #running: Running | undefined;

  constructor(
    readonly path: string,
    /** It has a place on the disk. */
    readonly saved: boolean,
    text: string,
  ) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  edit(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.hurried = this.#running !== undefined;
    this.stop();
  }

  /** Ends what is running, if anything is. */
  stop(): void {
    this.#running?.stop.abort(new Superseded('the document changed'));
    this.#running = undefined;
  }

  /** One analysis for all who ask at the same time; it stops when the last of them gives up. Rejects with the reason of whichever signal ended it. */
  async share(key: string, signal: AbortSignal | undefined, start: (stop: AbortSignal) => Promise<LiveAnalysis>): Promise<LiveAnalysis> {
    signal?.throwIfAborted();
    if (this.#running?.key !== key) this.stop();
    const running = (this.#running ??= this.#begin(key, start));
    running.waiting += 1;
    try {
      return await untilAborted(running.result, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) {
        running.stop.abort(new Superseded('nobody waits for it'));
        if (this.#running === running) this.#running = undefined;
      }
    }
  }

  #begin(key: string, start: (stop: AbortSignal) => Promise<LiveAnalysis>): Running {
    const stop = new AbortController();
    return { key, result: start(stop.signal), stop, waiting: 0 };
  }
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let abandon: (() => void) | undefined;
  const abandoned = new Promise<never>((_resolve, reject) => {
    abandon = () => { reject(signal.reason instanceof Error ? signal.reason : new Superseded('cancelled')); };
    signal.addEventListener('abort', abandon, { once: true });
  });
  try {
    return await Promise.race([work, abandoned]);
  } finally {
    if (abandon) signal.removeEventListener('abort', abandon);
  }
}
