import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Leaks the file handle when reading or parsing throws: `close` is the last line, and it is not reached. */
export async function loadSettings(path: string): Promise<unknown> {
  const handle = await open(path, 'r');
  const text = await handle.readFile('utf8');
  const settings: unknown = JSON.parse(text);
  await handle.close();
  return settings;
}

/** The same with a file descriptor. */
export function readHeader(path: string): string {
  const fd = openSync(path, 'r');
  const buffer = Buffer.alloc(Math.min(fstatSync(fd).size, 512));
  readSync(fd, buffer);
  closeSync(fd);
  return buffer.toString('utf8');
}

/** Leaks nothing: `finally` closes on every path. */
export async function loadSettingsSafely(path: string): Promise<unknown> {
  const handle = await open(path, 'r');
  try {
    return JSON.parse(await handle.readFile('utf8'));
  } finally {
    await handle.close();
  }
}

/** Leaks nothing: the scope closes the handle, however it is left. */
export async function countBytes(path: string): Promise<number> {
  await using handle = await open(path, 'r');
  const { size } = await handle.stat();
  return size;
}
