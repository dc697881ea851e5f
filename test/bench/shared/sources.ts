import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isSourcePath } from '../../../src/workspace/languages';
import { readSource } from '../../../src/workspace/read';
import type { SourceText } from './read';

/** A file found below a folder that was asked for. */
export interface FoundSource extends SourceText {
  /** The folder, as it was given. */
  readonly origin: string;
}

/** What compilers make of async functions for old targets: nobody writes state machines by hand, and they say nothing of hand-written code. */
const COMPILED = /\b(?:__generator|__awaiter|__asyncGenerator|_asyncToGenerator|regeneratorRuntime|__webpack_require__)\b/;

/**
 * Every source below folders, dependencies and build results too (they are what is asked for), that people wrote and a test lets pass.
 * Files of equal content are taken once. Sorted by path, folder by folder.
 */
export function findSources(folders: readonly string[], passes: (text: string) => boolean): FoundSource[] {
  const seen = new Set<string>();
  return folders.flatMap((origin) =>
    listFiles(path.resolve(origin)).flatMap((file) => {
      const read = readSource(file);
      if ('skipped' in read || COMPILED.test(read.text) || !passes(read.text)) return [];
      const hash = createHash('sha256').update(read.text).digest('hex');
      if (seen.has(hash)) return [];
      seen.add(hash);
      return [{ origin, path: file, text: read.text }];
    }),
  );
}

/** At most so many, at even distances. */
export function evenly<T>(items: readonly T[], limit: number): T[] {
  const step = Math.max(1, items.length / limit);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)).slice(0, limit);
}

/** Links are not followed: the file that they lead to is found where it lies. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === '.git' ? [] : listFiles(at);
      return entry.isFile() && isSourcePath(at) ? [at] : [];
    });
}
