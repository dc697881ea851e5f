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

/** The file is not to be checked. The cheap questions come first. */
export function isLeftOut({ path: file, saved, text, test }: Asked, { settings, folder }: Wishes, { configuration, folder: base }: LoadedConfiguration): boolean {
  if (!settings.enable || !isSourcePath(file) || text.length > settings.files.maxSize * 1024) return true;
  if (configuration.tests === 'off' && test) return true;
  if (configuration.path !== undefined && excludeBy(configuration)(relate(base, file)) !== undefined) return true;
  if (isExcludedBy(settings, folder, file)) return true;
  if (settings.files.generated) return false;
  return (saved && tellLeftOut(file) !== undefined) || tellMachineMade(file, text) !== undefined;
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
