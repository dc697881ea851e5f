import path from 'node:path';
import type { Configuration } from '../configuration/configuration';
import { excludeBy } from '../configuration/files';
import { countLines } from '../configuration/lines';
import { ConfigurationFinder, defaultConfiguration, loadConfiguration, type LoadedConfiguration } from '../workspace/configuration';
import { Failure } from './failure';
import { cleanLine } from './report/clean';

/** Files that one configuration holds for. */
export interface ConfigurationGroup {
  readonly configuration: Configuration;
  readonly files: readonly string[];
}

export interface SortedFiles {
  readonly groups: readonly ConfigurationGroup[];
  /** What decides on the run as a whole: the configuration that holds in the working directory. */
  readonly root: LoadedConfiguration;
  /** Every configuration that was read. */
  readonly configurations: readonly LoadedConfiguration[];
  /** Files that their configuration leaves out. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

export interface SortOptions {
  readonly cwd: string;
  /** The configuration file that was asked for. */
  readonly config?: string;
  readonly isTest: (file: string) => boolean;
}

/**
 * Sorts files by the configuration that holds for them: the nearest managed-scope.json upward from each, as in an editor, or
 * the one that was asked for. Throws a Failure when one can't be read.
 */
export function sortByConfiguration(files: readonly string[], { cwd, config, isTest }: SortOptions): SortedFiles {
  const asked = config === undefined ? undefined : read(path.resolve(cwd, config), () => loadConfiguration(path.resolve(cwd, config)), cwd);
  const finder = new ConfigurationFinder();
  const defaults = defaultConfiguration(cwd);
  const holdingIn = (folder: string) => asked ?? read(folder, () => finder.holdingIn(folder), cwd) ?? defaults;
  const root = holdingIn(cwd);
  const groups = new Map<LoadedConfiguration, { files: string[]; exclude: (relative: string) => string | undefined }>();
  const skipped: { file: string; reason: string }[] = [];
  for (const file of files) {
    const loaded = holdingIn(path.dirname(file));
    const group = groups.get(loaded) ?? { files: [], exclude: excludeBy(loaded.configuration) };
    groups.set(loaded, group);
    const left = loaded.configuration.tests === 'off' && isTest(file) ? 'a test file (the configuration leaves tests out)' : undefined;
    const reason = left ?? group.exclude(path.relative(loaded.folder, file).replaceAll(path.sep, '/'));
    if (reason === undefined) group.files.push(file);
    else skipped.push({ file, reason });
  }
  return {
    groups: [...groups].map(([{ configuration }, group]) => ({ configuration, files: group.files })),
    root,
    configurations: asked ? [asked] : finder.loaded,
    skipped,
  };
}

function read<T>(place: string, load: () => T, cwd: string): T {
  try {
    return load();
  } catch (error) {
    throw new Failure(`cannot read the configuration ${cleanLine(path.relative(cwd, place) || '.')}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What is wrong in the configurations, a line each: `file:line:column: message`. The empty string when nothing is. */
export function listProblems(configurations: readonly LoadedConfiguration[], cwd: string): string {
  return configurations
    .flatMap(({ configuration, text, problems }) => {
      const lines = countLines(text);
      const file = cleanLine(path.relative(cwd, configuration.path ?? '').replaceAll(path.sep, '/'));
      return problems.map(({ start, message }) => {
        const { line, column } = lines.positionAt(start);
        return `${file}:${String(line)}:${String(column)}: ${cleanLine(message)}\n`;
      });
    })
    .join('');
}
