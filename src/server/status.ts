/** What the server tells about itself, in the notification `managedScope/status`. */
export interface Status {
  /** `checking`: something is being checked. `syntax-only`: memory ran short, types are not asked for. */
  readonly state: 'ready' | 'checking' | 'syntax-only';
  /** Types are asked for. */
  readonly typed: boolean;
  /** How many findings stand in the editor now, in open and in closed files. */
  readonly findings: number;
  /** How long the last check of a document took, in milliseconds. */
  readonly milliseconds?: number;
}

export const STATUS_NOTIFICATION = 'managedScope/status';

/** Counts what stands in the editor, and says when that changes. */
export class StatusReporter {
  readonly #send: (status: Status) => void;
  readonly #typed: () => boolean;
  readonly #counts = new Map<string, number>();
  #running = 0;
  #milliseconds: number | undefined;
  #last = '';

  constructor(send: (status: Status) => void, typed: () => boolean) {
    this.#send = send;
    this.#typed = typed;
  }

  /** Says that work goes on for as long as `work` does. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    this.tell();
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.tell();
    }
  }

  /** A document now shows so many findings; none when it went. */
  count(uri: string, findings: number, milliseconds?: number): void {
    if (findings === 0) this.#counts.delete(uri);
    else this.#counts.set(uri, findings);
    this.#milliseconds = milliseconds ?? this.#milliseconds;
    this.tell();
  }

  tell(): void {
    const typed = this.#typed();
    const status: Status = {
      state: this.#running > 0 ? 'checking' : typed ? 'ready' : 'syntax-only',
      typed,
      findings: [...this.#counts.values()].reduce((sum, count) => sum + count, 0),
      ...(this.#milliseconds === undefined ? {} : { milliseconds: Math.round(this.#milliseconds) }),
    };
    const written = JSON.stringify(status);
    if (written === this.#last) return;
    this.#last = written;
    this.#send(status);
  }
}
