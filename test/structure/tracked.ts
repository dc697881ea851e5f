import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

let listed: readonly string[] | undefined;

/** The files that git keeps, relative to the repository's root with `/`; those that are deleted but not yet committed are left out. */
export function trackedFiles(): readonly string[] {
  listed ??= execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    .split('\0')
    .filter((file) => file !== '' && existsSync(file) && statSync(file).isFile());
  return listed;
}
