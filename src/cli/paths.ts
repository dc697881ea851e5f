import path from 'node:path';

/** Relative to the working directory with `/`; absolute where no relative path leads there (another drive). */
export function relativePath(file: string, cwd: string): string {
  return path.relative(cwd, file).replaceAll(path.sep, '/');
}
