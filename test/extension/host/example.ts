import { cpSync, existsSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A copy of the example project that may be changed, with the types of this repository's dependencies in reach. In the folder for temporary
 * files: what git ignores is not checked, so no folder of ours would do. Its parent is the caller's to remove.
 */
export function copyExample(): string {
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'managed-scope-')));
  const copy = path.join(parent, 'leaky-project');
  cpSync('examples/leaky-project', copy, { recursive: true });
  if (existsSync('node_modules')) symlinkSync(path.resolve('node_modules'), path.join(parent, 'node_modules'), 'junction');
  return copy;
}
