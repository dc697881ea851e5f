/**
 * A release that runs once. Who calls while it runs shares its promise, rejection included; afterwards it is over, and
 * the error, having been handed out, is not handed out again (`await using` would report it on top of itself).
 */
export function onceAsync(run: () => unknown): () => Promise<void> {
  let running: Promise<void> | undefined;
  const first = async (): Promise<void> => {
    try {
      await run();
    } catch (error) {
      running = Promise.resolve();
      throw error;
    }
  };
  return () => (running ??= first());
}
