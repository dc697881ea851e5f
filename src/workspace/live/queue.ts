/**
 * Work on open documents, one piece at a time: each holds trees and a program. What was asked for last goes first: it is what
 * somebody waits for now, while what an editor asks in the background piles up before it.
 */
export class WorkQueue {
  readonly #waiting: (() => Promise<void>)[] = [];
  #busy = false;
  #idle: Promise<void> | undefined;
  #becomeIdle: (() => void) | undefined;

  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => work().then(resolve, reject));
      void this.#drain();
    });
  }

  /** Settles once nothing waits: what can wait lets what somebody looks at go first. */
  async idle(): Promise<void> {
    while (this.#idle) await this.#idle;
  }

  async #drain(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#idle = new Promise((resolve) => (this.#becomeIdle = resolve));
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) await next();
    this.#busy = false;
    this.#idle = undefined;
    this.#becomeIdle?.();
  }
}
