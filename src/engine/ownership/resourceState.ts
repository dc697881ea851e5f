/** Members of resources that tell their state. A guard on one of them takes the side that a held resource gives. */
const FALSE_WHILE_HELD: ReadonlySet<string> = new Set([
  ...['closed', 'isClosed', 'destroyed', 'isDestroyed', 'isReleased', 'released', 'disposed', 'isDisposed', 'ended', 'writableEnded', 'writableFinished'],
  ...['readableEnded', 'killed', 'isFinished', 'finished', '_ended', '_closed', 'closing', '_destroyed', 'isCompleted', 'completed', 'hasEnded'],
]);

const TRUE_WHILE_HELD: ReadonlySet<string> = new Set([
  ...['isTransactionActive', 'isActive', 'active', 'connected', 'isConnected', 'isOpen', 'open', 'opened', 'inTransaction', 'isInitialized', 'locked', 'isLocked'],
  ...['close', 'release', 'destroy', 'dispose', 'end', 'abort', 'cleanup', 'unlock'],
]);

/** What a member says of a resource that is held: true, false, or nothing that is known. */
export function whileHeld(member: string): boolean | undefined {
  if (FALSE_WHILE_HELD.has(member)) return false;
  return TRUE_WHILE_HELD.has(member) ? true : undefined;
}
