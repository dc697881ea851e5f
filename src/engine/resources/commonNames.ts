import type { Acquire, LibraryModel } from './model';
import { parseMemberRef } from './memberRef';

/**
 * Names of methods that say nothing without the library: every array has a `find`, every command an `execute`. An acquire of such a name counts
 * only in a file that mentions the library, where no argument or receiver must look like it anyway.
 */
const COMMON_NAMES: ReadonlySet<string> = new Set(['aggregate', 'clone', 'duplicate', 'enable', 'exec', 'execute', 'find', 'get', 'init', 'initialize', 'iterate', 'query', 'request', 'start', 'subscribe', 'transaction']);

/** The acquire's name tells nothing by itself. Of functions and constructors only an import says whose they are. */
export function isCommon({ call }: Acquire): boolean {
  const { kind, method, path } = parseMemberRef(call);
  return COMMON_NAMES.has(kind === 'method' ? (method ?? '') : (path.at(-1) ?? ''));
}

/** A pattern for a module specifier of the library, in quotes; empty for what has no module. */
export function specifierPattern({ modules, submodules }: Pick<LibraryModel, 'modules' | 'submodules'>): string {
  const names = [...modules, ...Object.keys(submodules ?? {})].map(escapePattern);
  return names.length === 0 ? '' : `['"\`](?:node:)?(?:${names.join('|')})(?:/[^'"\`\n]*)?['"\`]`;
}

/** What a global's text must name for a common name of it to count, since there is no module: `wakeLock` of `navigator.wakeLock.request`, `MediaRecorder`. */
export function ownerPattern({ call }: Acquire): string {
  const { kind, path } = parseMemberRef(call);
  const owner = path.at(kind === 'method' ? -1 : -2);
  return owner === undefined ? '' : `\\b${escapePattern(owner)}\\b`;
}

export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
