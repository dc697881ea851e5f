import { open, type FileHandle } from 'node:fs/promises';

/** Acquires, does more that can fail, and hands the handle out: when `truncate` throws, nobody has it and nobody closes it. */
export async function openJournal(path: string): Promise<FileHandle> {
  const handle = await open(path, 'r+');
  await handle.truncate(0);
  return handle;
}

/** Leaks nothing: until the handle is handed out, its errors are this function's to clean up after. */
export async function openJournalSafely(path: string): Promise<FileHandle> {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(0);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return handle;
}

/** Forgets to wait: the handle arrives when nobody is there to close it, and when there is an error nobody hears of it. */
export function touch(path: string): void {
  open(path, 'a');
}

/** Leaks nothing. */
export async function touchSafely(path: string): Promise<void> {
  const handle = await open(path, 'a');
  await handle.close();
}
