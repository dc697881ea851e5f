import { EventEmitter, languages, type Disposable, type Event, type Uri } from 'vscode';

/** Whose diagnostics are ours, by the name that the server gives them. */
export const SOURCE = 'managed-scope';

/** Counts the findings that the editor shows, file by file. */
export class FindingCounter implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange: Event<void> = this.#changed.event;
  readonly #counts = new Map<string, number>();
  readonly #subscription = languages.onDidChangeDiagnostics(({ uris }) => { this.#count(uris); });

  /** In all files that were checked. */
  get total(): number {
    let sum = 0;
    for (const count of this.#counts.values()) sum += count;
    return sum;
  }

  /** How many files have any. */
  get files(): number {
    return this.#counts.size;
  }

  in(uri: Uri): number {
    return this.#counts.get(uri.toString()) ?? 0;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #count(uris: readonly Uri[]): void {
    let changed = false;
    for (const uri of uris) {
      const key = uri.toString();
      const now = languages.getDiagnostics(uri).filter(({ source }) => source === SOURCE).length;
      if (now === (this.#counts.get(key) ?? 0)) continue;
      changed = true;
      if (now === 0) this.#counts.delete(key);
      else this.#counts.set(key, now);
    }
    if (changed) this.#changed.fire();
  }
}
