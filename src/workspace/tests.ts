import { existsSync } from 'node:fs';
import path from 'node:path';
import { isTestPath } from '../engine/analyse';

/**
 * Tells test code by where a file lies in its project. What lies above the project says nothing: a checkout in `/tests/` is no test.
 * A project starts at the repository's root, else at the outermost package.json, else at the working directory.
 */
export function createTestFinder(cwd: string): (file: string) => boolean {
  const roots = new Map<string, string | undefined>();
  const rootOf = (folder: string): string | undefined => {
    if (roots.has(folder)) return roots.get(folder);
    const above = path.dirname(folder);
    const isRepository = existsSync(path.join(folder, '.git'));
    const outer = isRepository || above === folder ? undefined : rootOf(above);
    const root = isRepository || (outer === undefined && existsSync(path.join(folder, 'package.json'))) ? folder : outer;
    roots.set(folder, root);
    return root;
  };
  return (file) => isTestPath(path.relative(rootOf(path.dirname(file)) ?? cwd, file).replaceAll(path.sep, '/'));
}
