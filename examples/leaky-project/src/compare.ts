import { open } from 'node:fs/promises';

/** Leaks either handle when the other cannot be opened: Promise.all fails, and what has been opened is lost. */
export async function areSameSize(left: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all([open(left, 'r'), open(right, 'r')]);
  try {
    return (await one.stat()).size === (await other.stat()).size;
  } finally {
    await one.close();
    await other.close();
  }
}

/** Leaks nothing: each handle is in a scope before the next is opened. */
export async function areSameSizeSafely(left: string, right: string): Promise<boolean> {
  await using one = await open(left, 'r');
  await using other = await open(right, 'r');
  return (await one.stat()).size === (await other.stat()).size;
}
