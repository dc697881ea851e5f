import { minVersion, satisfies, subset, validRange } from 'semver';
import type { ResourceModel } from './model';

/** Which dispose symbol a value carries. */
export type Disposal = NonNullable<ResourceModel['disposable']>['symbol'];

/**
 * The versions that a project may run on, as ranges in npm's notation by what has the versions: `{ node: '>=20.4.0' }` from
 * `engines.node`, `{ playwright: '^1.40.0' }` from a dependency. A lowest version is `>=` it.
 */
export type AdmittedVersions = Readonly<Record<string, string | undefined>>;

/**
 * The symbol that instances of the resource carry on every version that is admitted; undefined where on one of them they do not, or
 * where nothing is known: no range, or one that npm would not understand. `>=18.18.0` admits 20.0.0, so that what came to Node with 18.18.0 and
 * 20.4.0 is not sure there.
 */
export function surelyDisposable({ disposable }: Pick<ResourceModel, 'disposable'>, admitted: AdmittedVersions): Disposal | undefined {
  if (disposable === undefined) return undefined;
  const { name, range } = versionsSince(disposable.since);
  const versions = validRange(admitted[name] ?? null);
  return versions !== null && subset(versions, range) ? disposable.symbol : undefined;
}

/**
 * `node 18.18.0, 20.4.0` as a range: each first version counts to the end of its release line, the last one for all that follow.
 * Throws a RangeError on what is no such list.
 */
export function versionsSince(since: string): { readonly name: string; readonly range: string } {
  const [, name, list] = /^([\w@/-]+) (\d+\.\d+\.\d+(?:, \d+\.\d+\.\d+)*)$/.exec(since) ?? [];
  if (name === undefined || list === undefined) throw new RangeError(`no first versions: ${since}`);
  const firsts = list.split(', ');
  const ranges = firsts.map((first, index) => (index === firsts.length - 1 ? `>=${first}` : `>=${first} <${String(Number.parseInt(first, 10) + 1)}.0.0-0`));
  return { name, range: ranges.join(' || ') };
}

/**
 * A version that is admitted and does not have the symbol yet: the lowest one, or the lowest of a later release line. Undefined where
 * every version has it, or where nothing is known.
 */
export function lackingVersion({ disposable }: Pick<ResourceModel, 'disposable'>, admitted: AdmittedVersions): string | undefined {
  if (disposable === undefined || surelyDisposable({ disposable }, admitted) !== undefined) return undefined;
  const { name, range } = versionsSince(disposable.since);
  const versions = validRange(admitted[name] ?? null);
  const lowest = versions === null ? null : minVersion(versions);
  if (versions === null || lowest === null) return undefined;
  const lines = disposable.since.split(' ').slice(1).map((version) => `${String(Number.parseInt(version, 10))}.0.0`);
  return [lowest.version, ...lines].find((version) => satisfies(version, versions) && !satisfies(version, range));
}
