/** The runtime as a file of the project's own: `./lib/managed-scope.js`. */
const COPIED_RUNTIME = /^[.#~@/].*\/managed-scope(?:\.[cm]?[jt]s)?$/;

/** A module specifier as models name it: without `node:`, a relative one as it is. A copy of the runtime has the runtime's name. */
export function moduleName(specifier: string): string {
  if (COPIED_RUNTIME.test(specifier)) return 'managed-scope';
  return specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
}

/** Adds a member to a path. `default.x` is `x`: default exports of CommonJS modules carry the module's members. */
export function join(path: string, name: string): string {
  if (name === 'default') return path;
  return path === '' ? name : `${path}.${name}`;
}

/** The last name of a path. */
export function lastOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('#')) + 1);
}
