import path from 'node:path';
import { URI } from 'vscode-uri';
import { isNetworkPath } from '../workspace/filesystem';

/** Where a document is, as far as this server has to do with it. */
export interface Place {
  /** Absolute. Of an untitled document: made up, beside the files that it might be saved to. */
  readonly path: string;
  /** The path is one on the disk. */
  readonly saved: boolean;
}

const EXTENSIONS: Readonly<Record<string, string>> = { typescript: '.ts', typescriptreact: '.tsx', javascript: '.js', javascriptreact: '.jsx' };

/**
 * The place of a document. `undefined` for those that are none of ours: the old side of a diff, a cell, a file in an archive, and
 * files on network paths, which are never touched. `folder`: where untitled documents are taken to be.
 */
export function placeOf(uri: string, languageId: string | undefined, folder: string, platform: NodeJS.Platform = process.platform): Place | undefined {
  const { scheme, path: at } = parse(uri);
  if (scheme === 'file') {
    const file = pathOf(uri, platform);
    return file === undefined ? undefined : { path: file, saved: true };
  }
  if (scheme !== 'untitled') return undefined;
  const extension = EXTENSIONS[languageId ?? ''];
  const name = path.posix.basename(at).replace(/[^\w.-]/g, '_');
  if (extension === undefined || name === '') return undefined;
  const flavour = platform === 'win32' ? path.win32 : path.posix;
  return { path: flavour.join(folder, name.endsWith(extension) ? name : `${name}${extension}`), saved: false };
}

/** The absolute path of a `file:` URI; `undefined` for other schemes and for network paths. Drive letters are small, as editors write them. */
export function pathOf(uri: string, platform: NodeJS.Platform = process.platform): string | undefined {
  const { scheme, authority, path: at } = parse(uri);
  if (scheme !== 'file' || (authority !== '' && authority !== 'localhost') || at === '' || isNetworkPath(at) || at.includes('\0')) return undefined;
  if (platform !== 'win32') return path.posix.normalize(at);
  const drive = /^\/([A-Za-z]):(\/.*)?$/.exec(at);
  // Without a drive it is relative to whichever drive is the current one, which nobody means.
  if (!drive?.[1]) return undefined;
  return path.win32.normalize(`${drive[1].toLowerCase()}:${drive[2] ?? '/'}`);
}

export function uriOf(file: string): string {
  return URI.file(file).toString();
}

/** The innermost of the folders that a file lies in. */
export function folderAround(file: string, folders: readonly string[]): string | undefined {
  const around = folders.filter((folder) => {
    const relative = path.relative(folder, file);
    return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  });
  return around.sort((one, other) => other.length - one.length)[0];
}

function parse(uri: string): { readonly scheme: string; readonly authority: string; readonly path: string } {
  try {
    return URI.parse(uri, true);
  } catch {
    return { scheme: '', authority: '', path: '' };
  }
}
