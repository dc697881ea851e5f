import type { Diagnostic } from 'vscode-languageserver/node';
import { canonicalPath } from '../workspace/filesystem';
import { uriOf } from './places';

/**
 * What is shown of files that no document is open for. It was pushed, so it stays until it is taken back: when the file is opened (then the
 * editor pulls), checked again, or gone.
 */
export class ClosedFiles {
  readonly #publish: (uri: string, diagnostics: Diagnostic[]) => void;
  readonly #count: (uri: string, findings: number) => void;
  readonly #shown = new Map<string, { readonly file: string; readonly kind: 'source' | 'configuration' }>();

  constructor(publish: (uri: string, diagnostics: Diagnostic[]) => void, count: (uri: string, findings: number) => void) {
    this.#publish = publish;
    this.#count = count;
  }

  show(file: string, diagnostics: readonly Diagnostic[], kind: 'source' | 'configuration' = 'source'): void {
    const key = canonicalPath(file);
    if (diagnostics.length === 0 && !this.#shown.has(key)) return;
    if (diagnostics.length === 0) this.#shown.delete(key);
    else this.#shown.set(key, { file, kind });
    this.#publish(uriOf(file), [...diagnostics]);
    if (kind === 'source') this.#count(uriOf(file), diagnostics.length);
  }

  clear(file: string): void {
    this.show(file, [], this.#shown.get(canonicalPath(file))?.kind ?? 'source');
  }

  /** A folder or a file is gone: so is all that was said of what lay in it. */
  clearBelow(gone: string): void {
    const at = canonicalPath(gone);
    for (const [key, { file }] of this.#shown) if (key === at || key.startsWith(`${at}/`)) this.clear(file);
  }

  /** Source files that something is shown of. */
  get files(): readonly string[] {
    return this.#filesOf('source');
  }

  /** Configuration files that something is shown of. */
  get configurations(): readonly string[] {
    return this.#filesOf('configuration');
  }

  #filesOf(wanted: 'source' | 'configuration'): readonly string[] {
    return [...this.#shown.values()].filter(({ kind }) => kind === wanted).map(({ file }) => file);
  }

  shows(file: string): boolean {
    return this.#shown.has(canonicalPath(file));
  }
}
