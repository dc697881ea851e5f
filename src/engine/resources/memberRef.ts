import type { LibraryModel, MemberRef } from './model';

/** A `MemberRef` taken apart. */
export interface ParsedMemberRef {
  /** Narrowed to this module specifier. */
  readonly module?: string;
  readonly kind: 'function' | 'constructor' | 'method';
  /** Names from the module's exports on: `['promises', 'open']`; for a method, those of its class. `default` is the module itself. */
  readonly path: readonly string[];
  /** For a method, its name. */
  readonly method?: string;
}

/** Takes a `MemberRef` apart. Throws a RangeError on what is none: models are checked by a test, configured ones when they are read. */
export function parseMemberRef(ref: MemberRef): ParsedMemberRef {
  const match = /^(?:(?<module>[\w@./:-]+):)?(?<constructor>new )?(?<path>[\w$]+(?:\.[\w$]+)*)(?:#(?<method>[\w$]+))?$/.exec(ref);
  const { module, constructor, path, method } = match?.groups ?? {};
  if (path === undefined || (constructor !== undefined && method !== undefined)) throw new RangeError(`no member reference: ${ref}`);
  return {
    ...(module === undefined ? {} : { module: module.replace(/^node:/, '') }),
    kind: method !== undefined ? 'method' : constructor !== undefined ? 'constructor' : 'function',
    path: path.split('.'),
    ...(method === undefined ? {} : { method }),
  };
}

/**
 * All the ways in which a library's callable or type may be named, as `module:member`: once for each of its modules, under
 * `global:` where it needs no import, and as submodules spell it: `fs:promises.open` is `fs/promises:open` as well.
 * Methods, constructors and types keep their name in submodules, since either may be said to declare them.
 */
export function spellingsOf(library: Pick<LibraryModel, 'modules' | 'submodules' | 'global'>, ref: MemberRef): readonly string[] {
  const { module, kind, path } = parseMemberRef(ref);
  if (module !== undefined) return [`${module}:${ref.slice(ref.lastIndexOf(':') + 1)}`];
  const spellings = [...library.modules, ...(library.global ? ['global'] : [])].map((name) => `${name}:${ref}`);
  const isType = kind !== 'function' || /^[A-Z]/.test(path[0] ?? '');
  for (const [submodule, namespace] of Object.entries(library.submodules ?? {})) {
    if (isType) spellings.push(`${submodule}:${ref}`);
    if (ref.startsWith(`${namespace}.`)) spellings.push(`${submodule}:${ref.slice(namespace.length + 1)}`);
  }
  return spellings;
}
