/** How long the event loop is kept waiting, in milliseconds. */
const SLICE = 10;

/**
 * A place at which work may stop: it lets the event loop turn once a slice is used up, awaits `pause`, and throws the signal's reason when
 * the work was cancelled. `due` tells without a promise whether a slice is used up, for loops that turn thousands of times.
 */
export interface Checkpoint {
  (): Promise<void>;
  readonly due: () => boolean;
}

export function createCheckpoint(signal: AbortSignal | undefined, pause?: () => Promise<void>): Checkpoint {
  let sliceStarted = performance.now();
  const due = (): boolean => performance.now() - sliceStarted >= SLICE;
  const checkpoint = async (): Promise<void> => {
    signal?.throwIfAborted();
    await pause?.();
    if (!due()) return;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    sliceStarted = performance.now();
  };
  return Object.assign(checkpoint, { due });
}
