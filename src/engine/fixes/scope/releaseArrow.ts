import type { ResourceCase } from '../case';
import type { ReleaseCode } from './releaseCode';

/**
 * The function that releases: `(c) => c.release()`. `strict`: the native stacks take no function that gives a value, so one that may
 * gets a block. Without a parameter it names the resource as the code does.
 */
export function releaseArrow(given: ResourceCase, resource: string, release: ReleaseCode, { parameter, strict }: { readonly parameter: string | undefined; readonly strict: boolean }): string {
  const name = parameter === undefined ? resource : shortName(parameter, release);
  const call = release.write(name);
  const head = parameter === undefined ? '()' : `(${name})`;
  if (!strict || !given.ability.typescript || release.givesNothing) return `${head} => ${call}`;
  return release.async ? `async ${head} => { await ${call}; }` : `${head} => { ${call}; }`;
}

/** `client` -> `c`, unless the release already means something by that name. */
function shortName(name: string, release: ReleaseCode): string {
  const initial = /^[a-z]/i.exec(name)?.[0].toLowerCase();
  if (initial === undefined) return name;
  return new RegExp(`(?<![.\\w$])${initial}(?![\\w$])`).test(release.write('')) ? name : initial;
}
