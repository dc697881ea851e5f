import type { Known } from './guards';

/** Members of resources that tell their state. A guard on one of them takes the side that a held resource gives. */
const FALSE_WHILE_HELD: ReadonlySet<string> = new Set([
  ...['closed', 'isClosed', 'destroyed', 'isDestroyed', 'isReleased', 'released', 'disposed', 'isDisposed', 'ended', 'writableEnded', 'writableFinished'],
  ...['readableEnded', 'killed', 'isFinished', 'finished', '_ended', '_closed', 'closing', '_destroyed', 'isCompleted', 'completed', 'hasEnded'],
]);

const TRUE_WHILE_HELD: ReadonlySet<string> = new Set([
  ...['isTransactionActive', 'isActive', 'active', 'connected', 'isConnected', 'isOpen', 'open', 'opened', 'inTransaction', 'isInitialized', 'locked', 'isLocked', 'listening'],
  ...['close', 'release', 'destroy', 'dispose', 'end', 'abort', 'cleanup', 'unlock'],
]);

/** What a member says of a resource that is held: true, false, or nothing that is known. */
export function whileHeld(member: string): boolean | undefined {
  if (FALSE_WHILE_HELD.has(member)) return false;
  return TRUE_WHILE_HELD.has(member) ? true : undefined;
}

/** Members by which an object says how far it is, and which others set meanwhile: `signal.aborted`, `token.isCancellationRequested`, `this.stopped`. */
const CHANGES_MEANWHILE = /\.[_#]?(?:is)?(?:aborted|cancelled|canceled|cancellationRequested|stopped|stopping|closed|closing|disposed|destroyed|ended|killed|shuttingDown)$/i;

/** What the subject of a condition (a place's key) answered may be another answer once something was awaited. */
export function changesMeanwhile(subject: string): boolean {
  return CHANGES_MEANWHILE.test(subject);
}

/** A child process that could not be started has no `pid`; one that has ended has either an exit code or a signal. */
const KNOWN_WHILE_HELD: ReadonlyMap<string, Known> = new Map([
  ['pid', 'T'],
  ['exitCode', 'N'],
  ['signalCode', 'N'],
]);

/** What a member of a resource that is held is known to be, where it is no plain true or false. */
export function memberWhileHeld(member: string): Known | undefined {
  return KNOWN_WHILE_HELD.get(member);
}
