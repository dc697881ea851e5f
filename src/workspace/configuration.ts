import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { CONFIGURATION_FILE, DEFAULT_CONFIGURATION, readConfiguration, type Configuration } from '../configuration/configuration';
import type { Problem } from '../configuration/shape/shape';
import { explainFileError } from './read';

/** A configuration file that was read, with its text for saying where a problem is. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  /** The folder that its globs and paths start at. */
  readonly folder: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** Reads a configuration file. Throws an Error with the rest of a sentence when it can't be read at all. */
export function loadConfiguration(file: string): LoadedConfiguration {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    throw new Error(error instanceof TypeError ? 'it is not UTF-8' : explainFileError(error), { cause: error });
  }
  const { configuration, problems } = readConfiguration(text, file);
  return { configuration, folder: path.dirname(file), text, problems };
}

/**
 * Finds and reads configurations: the nearest managed-scope.json from a folder upward. Each file is read once and each folder
 * looked at once, so it is made anew for every run.
 */
export class ConfigurationFinder {
  readonly #byFolder = new Map<string, LoadedConfiguration | undefined>();

  /** The configuration that holds in a folder; `undefined` when there is none up to the root. Throws as `loadConfiguration` does. */
  holdingIn(folder: string): LoadedConfiguration | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const above = path.dirname(folder);
    const file = path.join(folder, CONFIGURATION_FILE);
    const found = isFile(file) ? loadConfiguration(file) : above === folder ? undefined : this.holdingIn(above);
    this.#byFolder.set(folder, found);
    return found;
  }

  /** Every configuration that was met. */
  get loaded(): readonly LoadedConfiguration[] {
    return [...new Set(this.#byFolder.values())].filter((found) => found !== undefined);
  }
}

/** What holds where no file says anything. */
export function defaultConfiguration(folder: string): LoadedConfiguration {
  return { configuration: DEFAULT_CONFIGURATION, folder, text: '', problems: [] };
}

/** There is a regular file (or a link to one) of this name. */
export function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
