import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The largest file that is read by default, in bytes. */
const DEFAULT_SIZE_LIMIT = 2 * 1024 * 1024;

/** How files are reached; replaced by editors (unsaved text) and by tests (errors that root never sees). */
export interface FileAccess {
  /** Throws as `fs.statSync` does. */
  readonly stat: (path: string) => { readonly size: number; readonly isFile: () => boolean };
  /** Throws as `fs.readFileSync` does. */
  readonly read: (path: string) => Uint8Array;
}

export const DISK: FileAccess = { stat: (file) => statSync(file), read: (file) => readFileSync(file) };

export type ReadResult = { readonly text: string } | { readonly skipped: string };

/**
 * Reads a source file, or says why it is not one to check: unreadable, too large, binary, not UTF-8, generated, minified.
 * A byte order mark stays in the text, so that offsets are offsets into the file.
 */
export function readSource(file: string, access: FileAccess = DISK, limit = DEFAULT_SIZE_LIMIT): ReadResult {
  let bytes: Uint8Array;
  try {
    const stat = access.stat(file);
    // A pipe or a device would block, or never end.
    if (!stat.isFile()) return { skipped: 'not a regular file' };
    if (stat.size > limit) return { skipped: `too large (${String(Math.round(stat.size / 1024))} KiB, limit ${String(Math.round(limit / 1024))} KiB)` };
    bytes = access.read(file);
  } catch (error) {
    return { skipped: explainFileError(error) };
  }
  if (bytes.includes(0)) return { skipped: 'binary (it holds NUL bytes)' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { skipped: 'not UTF-8' };
  }
  const machineMade = tellMachineMade(file, text);
  return machineMade === undefined ? { text } : { skipped: machineMade };
}

const FILE_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  ELOOP: 'its symbolic links form a loop',
  EISDIR: 'it is a directory',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
};

/** A file system error as the rest of a sentence, without the path. */
export function explainFileError(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return FILE_ERRORS[code] ?? `it cannot be read${code === '' ? '' : ` (${code})`}`;
}

/** How much of a file's beginning may carry the notice of a generator. */
const HEADER_LENGTH = 1500;
const GENERATED = /@generated\b|\bdo not (?:edit|modify)\b|\b(?:auto-?|automatically )?generated (?:by|from|with|using|code|file)\b|\bthis (?:file|code) (?:is|was|has been) (?:auto-?|automatically )?generated\b/i;

/** Why nobody wrote this file by hand; `undefined` for code of people. */
export function tellMachineMade(file: string, text: string): string | undefined {
  if (/[.-]min\.[cm]?jsx?$/i.test(path.basename(file))) return 'minified';
  if (GENERATED.test(headerComments(text))) return 'generated (its header says so)';
  return looksMinified(text) ? 'minified' : undefined;
}

/** The comments before the first code: what a string or a test title says of generating is no notice. */
function headerComments(text: string): string {
  const header = /^\uFEFF?(?:#![^\n]*)?(?:\s+|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|['"]use strict['"];?)*/.exec(text.slice(0, HEADER_LENGTH));
  return header?.[0] ?? '';
}

/** Many characters on few lines. People write long lines too (data, regular expressions), but not on average. */
function looksMinified(text: string): boolean {
  if (text.length < 5000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.length / lines > 400;
}
