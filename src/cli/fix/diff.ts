import { createTwoFilesPatch } from 'diff';

/** A unified diff that `patch -p1` and `git apply` take. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context: 3 });
  // The library begins with a line that no tool needs.
  return patch.replace(/^=+\n/, '');
}
