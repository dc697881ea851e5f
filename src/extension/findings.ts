import { DiagnosticSeverity, EventEmitter, languages, type Diagnostic, type Disposable, type Event, type Uri } from 'vscode';

/** Whose diagnostics are ours, by the name that the server gives them. */
const SOURCE = 'managed-scope';

/** One that the Problems panel lists: hints stand in the text only. */
function isListed({ source, severity }: Diagnostic): boolean {
  return source === SOURCE && severity !== DiagnosticSeverity.Hint;
}

/** The findings that the Problems panel lists now, and in how many files. */
export function countListed(): { readonly findings: number; readonly files: number } {
  const counts = languages.getDiagnostics().map(([, diagnostics]) => diagnostics.filter(isListed).length);
  return { findings: counts.reduce((sum, count) => sum + count, 0), files: counts.filter((count) => count > 0).length };
}

/** Counts the findings that the editor lists, file by file. */
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
      const now = languages.getDiagnostics(uri).filter(isListed).length;
      if (now === (this.#counts.get(key) ?? 0)) continue;
      changed = true;
      if (now === 0) this.#counts.delete(key);
      else this.#counts.set(key, now);
    }
    if (changed) this.#changed.fire();
  }
}
