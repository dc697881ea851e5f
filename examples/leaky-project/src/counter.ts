import { readFile, writeFile } from 'node:fs/promises';
import { Mutex } from 'async-mutex';

const mutex = new Mutex();

/** Keeps the lock for ever when the file cannot be read or written: everybody else waits. */
export async function increment(path: string): Promise<number> {
  const release = await mutex.acquire();
  const next = Number(await readFile(path, 'utf8')) + 1;
  await writeFile(path, String(next));
  release();
  return next;
}

/** Leaks nothing: the library releases, whatever the work does. */
export async function incrementSafely(path: string): Promise<number> {
  return mutex.runExclusive(async () => {
    const next = Number(await readFile(path, 'utf8')) + 1;
    await writeFile(path, String(next));
    return next;
  });
}
