import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Below this much heap in use, in bytes, nothing is gained. */
const WORTH_COLLECTING = 250 * 1024 * 1024;

let collect: (() => void) | undefined;

/**
 * Collects garbage now, if there may be much of it. Where a program has just been dropped, hundreds of megabytes are free that the
 * collector by itself would leave until the heap has doubled. `worth`: from how many bytes in use on it is done. Costs some 100 ms, and does nothing where the runtime does not offer it.
 */
export function releaseMemory(worth = WORTH_COLLECTING): void {
  if (process.memoryUsage().heapUsed < worth) return;
  collect ??= findCollector();
  collect();
}

function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('typeof gc === "function" ? gc : undefined');
  return typeof gc === 'function' ? () => void Reflect.apply(gc, undefined, []) : () => undefined;
}
