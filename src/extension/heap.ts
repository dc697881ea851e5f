/** What the server's heap may take unless the setting `managedScope.memory` says otherwise, in megabytes; package.json tells editors the same. */
export const MEMORY = 2048;

/** Half of the young generation, in megabytes. What one edit makes is dropped at the next: with V8's 16 most of it is copied several times before. */
const YOUNG = 64;

/**
 * The options of Node for a server that may use so many megabytes. V8 lets a heap grow by the more between two whole collections the
 * higher its limit is, and those are what an editor waits for longest. A small limit leaves no room for a large young generation.
 */
export function heapOptions(memory: number): string[] {
  return [`--max-old-space-size=${String(memory)}`, ...(memory < MEMORY / 2 ? [] : [`--max-semi-space-size=${String(YOUNG)}`])];
}
