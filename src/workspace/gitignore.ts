import { readFileSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';

/** What one `.gitignore` says of a path below its folder; `undefined` when it says nothing. */
export type IgnoreFile = (absolute: string, isFolder: boolean) => 'ignored' | 'kept' | undefined;

interface IgnoreLine {
  readonly keeps: boolean;
  readonly foldersOnly: boolean;
  readonly matches: (relative: string) => boolean;
}

/**
 * Reads a folder's `.gitignore`, if it has one. Understood: comments, negation, folder-only lines, anchored lines, `*`, `?`, `**`, classes.
 * `.git/info/exclude` and the user's global excludes are not read: what is checked must not depend on the machine.
 */
export function readIgnoreFile(folder: string): IgnoreFile | undefined {
  let text: string;
  try {
    text = readFileSync(path.join(folder, '.gitignore'), 'utf8');
  } catch {
    return undefined;
  }
  const lines = text.split(/\r?\n/).map(readIgnoreLine).filter((line) => line !== undefined);
  return (absolute, isFolder) => {
    const relative = path.relative(folder, absolute).replaceAll('\\', '/');
    const decisive = lines.findLast((line) => (isFolder || !line.foldersOnly) && line.matches(relative));
    return decisive && (decisive.keeps ? 'kept' : 'ignored');
  };
}

function readIgnoreLine(line: string): IgnoreLine | undefined {
  let pattern = line.replace(/(?<!\\)\s+$/, '');
  if (pattern === '' || pattern.startsWith('#')) return undefined;
  const keeps = pattern.startsWith('!');
  if (keeps) pattern = pattern.slice(1);
  const foldersOnly = pattern.endsWith('/');
  pattern = pattern.replace(/\/+$/, '');
  // A slash inside ties the pattern to the folder of the file; without one it holds at any depth.
  const anchored = pattern.includes('/');
  pattern = pattern.replace(/^\//, '');
  if (pattern === '') return undefined;
  return { keeps, foldersOnly, matches: picomatch(anchored ? pattern : `**/${pattern}`, { dot: true, nobrace: true, noextglob: true, nonegate: true }) };
}
