import path from 'node:path';
import { CONFIGURATION_FILE } from '../../configuration/configuration';
import type { Problem } from '../../configuration/shape/shape';
import { defaultConfiguration, isFile, loadConfiguration, type LoadedConfiguration } from '../configuration';

/** A configuration file with something wrong in it. */
export interface BrokenConfiguration {
  readonly file: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/**
 * The configurations in force while an editor runs. A file that breaks goes on as it last was when all of it was right; one that was never
 * right counts as far as it is understood.
 */
export class LiveConfigurations {
  readonly #byFolder = new Map<string, LoadedConfiguration | undefined>();
  readonly #inForce = new Map<string, LoadedConfiguration>();
  readonly #broken = new Map<string, BrokenConfiguration>();
  readonly #defaults = defaultConfiguration('');

  /** The configuration that holds for a file: that of the nearest folder upward, or the defaults. */
  holdingFor(file: string): LoadedConfiguration {
    return this.#holdingIn(path.dirname(file)) ?? this.#defaults;
  }

  /** The files with something wrong, as far as they were met. */
  get broken(): readonly BrokenConfiguration[] {
    return [...this.#broken.values()];
  }

  /** A configuration file was written, came or went. */
  changed(file: string): void {
    this.#byFolder.clear();
    this.#broken.delete(file);
    if (isFile(file)) this.#load(file);
    else this.#inForce.delete(file);
  }

  static isConfiguration(file: string): boolean {
    return path.basename(file) === CONFIGURATION_FILE;
  }

  #holdingIn(folder: string): LoadedConfiguration | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const above = path.dirname(folder);
    const file = path.join(folder, CONFIGURATION_FILE);
    let found: LoadedConfiguration | undefined;
    if (isFile(file)) found = this.#inForce.get(file) ?? this.#load(file);
    else if (above !== folder) found = this.#holdingIn(above);
    this.#byFolder.set(folder, found);
    return found;
  }

  #load(file: string): LoadedConfiguration {
    const read = readOrExplain(file);
    const before = this.#inForce.get(file);
    if (read.problems.length > 0) this.#broken.set(file, { file, text: read.text, problems: read.problems });
    const chosen = read.problems.length > 0 && before ? before : read;
    this.#inForce.set(file, chosen);
    return chosen;
  }
}

function readOrExplain(file: string): LoadedConfiguration {
  try {
    return loadConfiguration(file);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...defaultConfiguration(path.dirname(file)), problems: [{ start: 0, end: 0, message }] };
  }
}
