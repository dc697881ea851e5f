import { randomUUID } from 'node:crypto';
import { accessSync, chmodSync, constants, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { explainFileError } from '../../workspace/read';
import { hashText } from './hash';

/** Why a file was left as it is, as the rest of a sentence. */
export type Written = { readonly written: true } | { readonly refused: string };

/**
 * Puts a text in the place of another: a new file beside it, then a rename, so that nobody ever reads half of it. Mode and links stay.
 * Refused when the file may not be written, or is not what was analysed any more.
 */
export function replaceFile(file: string, before: string, after: string): Written {
  try {
    const target = realpathSync(file);
    accessSync(target, constants.W_OK);
    const { mode } = statSync(target);
    // Root may write everything; a file without any right to write it is meant to stay as it is all the same.
    if ((mode & 0o222) === 0) return { refused: 'it is read-only' };
    if (hashText(readFileSync(target, 'utf8')) !== hashText(before)) return { refused: 'it was changed since it was analysed' };
    writeBeside(target, after, mode);
    return { written: true };
  } catch (error) {
    return { refused: refusalOf(error) };
  }
}

/** Writes a file that is not there yet, or replaces one. Throws as the file system does. */
export function writeBeside(target: string, text: string, mode?: number): void {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    if (mode !== undefined) chmodSync(temporary, mode & 0o7777);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function refusalOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'it is read-only' : explainFileError(error);
}
