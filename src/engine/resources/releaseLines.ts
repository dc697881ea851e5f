import { major, minVersion, satisfies } from 'semver';
import type { AdmittedVersions } from './disposableSince';
import { versionsSince } from './disposableSince';

/** The first release of each line of Node that had long support: those before it are not what somebody means who names the line. */
const FIRST_SUPPORTED = ['18.12.0', '20.9.0', '22.11.0', '24.11.0', '26.10.0'];

/** Whatever the latest releases of those lines are. */
const LATEST = FIRST_SUPPORTED.map((version) => `${String(major(version))}.999.0`);

/**
 * Whether the lines of Node that a project admits have what came with `since`: in all of their supported releases, in their latest ones,
 * or not. Where the lowest version is no line's first, that one is meant.
 */
export function linesHave(since: string, { node }: AdmittedVersions): 'all' | 'latest' | 'no' {
  const { name, range } = versionsSince(since);
  if (name !== 'node' || node === undefined) return 'no';
  const lowest = minVersion(node);
  if (lowest !== null && (lowest.minor > 0 || lowest.patch > 0) && !satisfies(lowest, range)) return 'no';
  const have = (releases: readonly string[]): boolean => {
    const admitted = releases.filter((version) => satisfies(version, node));
    return admitted.length > 0 && admitted.every((version) => satisfies(version, range));
  };
  if (have(FIRST_SUPPORTED)) return 'all';
  return have(LATEST) ? 'latest' : 'no';
}
