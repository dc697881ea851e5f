import picomatch from 'picomatch';
import type { Configuration } from './configuration';

/**
 * Decides which files a configuration leaves out. The function given back takes a path relative to the configuration file's folder, with `/`,
 * and says why the file is not checked, or `undefined` when it is. Files outside that folder are never left out by globs below it.
 */
export function excludeBy({ files }: Configuration): (relative: string) => string | undefined {
  const matches = (globs: readonly string[]) => (globs.length === 0 ? () => false : picomatch(globs.map(spreadFolder), { dot: true }));
  const included = files.include.length === 0 ? () => true : matches(files.include);
  const excluded = matches(files.exclude);
  return (relative) => {
    if (excluded(relative)) return 'excluded by the configuration';
    return included(relative) ? undefined : 'not included by the configuration';
  };
}

/** A folder's name means all that is in it: `generated/` and `./generated` become `generated/**`, `generated` both. */
function spreadFolder(glob: string): string {
  const bare = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  if (glob.endsWith('/')) return `${bare}/**`;
  return /[*?[\]{}()!]|\.[^./]+$/.test(bare) ? bare : `{${bare},${bare}/**}`;
}
