import path from 'node:path';
import picomatch from 'picomatch';
import type { EditorSettings } from '../../configuration/editorSettings';
import { excludeBy } from '../../configuration/files';
import type { LoadedConfiguration } from '../configuration';
import { isSourcePath } from '../languages';
import { tellLeftOut } from '../files';
import { tellMachineMade } from '../read';

/** What an editor wants for one file. */
export interface Wishes {
  readonly settings: EditorSettings;
  /** The workspace folder that the file lies in: what the settings' globs are relative to. */
  readonly folder?: string;
}

/** What is asked about a file before anything of it is parsed. */
export interface Asked {
  readonly path: string;
  /** It has a place on the disk. */
  readonly saved: boolean;
  readonly text: string;
  readonly test: boolean;
}

/** Why a file is not checked; `undefined` when it is. The cheap questions come first. */
export function tellUnchecked({ path: file, saved, text, test }: Asked, { settings, folder }: Wishes, { configuration, folder: base }: LoadedConfiguration): string | undefined {
  if (!settings.enable) return 'turned off in the settings';
  if (!isSourcePath(file)) return 'not TypeScript or JavaScript';
  const limit = settings.files.maxSize * 1024;
  if (text.length > limit) return `larger than ${String(settings.files.maxSize)} KiB`;
  if (configuration.tests === 'off' && test) return 'a test file (the configuration leaves tests out)';
  if (configuration.path !== undefined) {
    const excluded = excludeBy(configuration)(relate(base, file));
    if (excluded !== undefined) return excluded;
  }
  if (isExcludedBy(settings, folder, file)) return 'excluded in the settings';
  if (settings.files.generated) return undefined;
  return (saved ? tellLeftOut(file) : undefined) ?? tellMachineMade(file, text);
}

/** The settings' own globs leave the file out. */
export function isExcludedBy({ files }: EditorSettings, folder: string | undefined, file: string): boolean {
  if (files.exclude.length === 0) return false;
  const globs = files.exclude.map((glob) => (/[*?[\]{}()!]|\.[^./]+$/.test(glob) ? glob : `{${glob.replace(/\/+$/, '')},${glob.replace(/\/+$/, '')}/**}`));
  return picomatch(globs, { dot: true })(relate(folder ?? path.dirname(file), file));
}

function relate(folder: string, file: string): string {
  return path.relative(folder, file).replaceAll(path.sep, '/');
}
