import { abortListenerLeak } from './abort-listener-leak';
import { acquireNotAwaited } from './acquire-not-awaited';
import { bodyNotConsumed } from './body-not-consumed';
import { childNotTerminated } from './child-not-terminated';
import { concurrentAcquire } from './concurrent-acquire';
import { droppedResource } from './dropped-resource';
import { effectMissingCleanup } from './effect-missing-cleanup';
import { eventPathLeak } from './event-path-leak';
import { iteratorNotClosed } from './iterator-not-closed';
import { lateAcquireRace } from './late-acquire-race';
import { leakPerIteration } from './leak-per-iteration';
import { lockNotReleased } from './lock-not-released';
import { missingRelease } from './missing-release';
import { numericFdLeak } from './numeric-fd-leak';
import { overwrittenResource } from './overwritten-resource';
import { partialAcquire } from './partial-acquire';
import { poolClientMisuse } from './pool-client-misuse';
import { raceTimerLeak } from './race-timer-leak';
import { rawFactory } from './raw-factory';
import { releaseMissingOnPath } from './release-missing-on-path';
import { releaseNotOnThrow } from './release-not-on-throw';
import { effectCleanupNotOnEveryPath } from './effect-cleanup-not-on-every-path';
import { siblingNotRegistered } from './sibling-not-registered';
import { subscriptionDropped } from './subscription-dropped';
import { streamNotDestroyed } from './stream-not-destroyed';
import { tempNotRemoved } from './temp-not-removed';
import { transactionNotFinished } from './transaction-not-finished';
import { unawaitedRelease } from './unawaited-release';
import { vscodeNotRegistered } from './vscode-not-registered';
import { wrongRelease } from './wrong-release';
import { intervalNotCleared } from './interval-not-cleared';
import { objectUrlNotRevoked } from './object-url-not-revoked';
import { listenerIdentityMismatch } from './listener-identity-mismatch';
import { siblingNotRemoved } from './sibling-not-removed';
import { listenerNotRemoved } from './listener-not-removed';
import { memberNotReleased } from './member-not-released';
import { invalidDisposeMember } from './invalid-dispose-member';
import { promiseLeavesScope } from './promise-leaves-scope';
import { unsupportedUsing } from './unsupported-using';
import { usingAtWrongScope } from './using-at-wrong-scope';
import { usingEscapesScope } from './using-escapes-scope';
import { usingKindMismatch } from './using-kind-mismatch';
import { doubleRelease } from './double-release';
import { pushAfterMoveOrClose } from './push-after-move-or-close';
import { useAfterRelease } from './use-after-release';
import { stackNotScoped } from './stack-not-scoped';
import { enteredValueIgnored } from './entered-value-ignored';
import { exceptionSwallowed } from './exception-swallowed';
import { managedWithoutOk } from './managed-without-ok';
import { managerMustYieldOnce } from './manager-must-yield-once';
import { managerSwallows } from './manager-swallows';
import { managerYieldNeedsTryFinally } from './manager-yield-needs-try-finally';
import { preferUsing } from './prefer-using';
import { redundantRelease } from './redundant-release';
import { RULE_IDS } from './registry';
import type { CodeRule } from './code-rule';
import type { LeakRule, MisuseRule } from './rule';

const leakRules: readonly LeakRule[] = [
  acquireNotAwaited,
  concurrentAcquire,
  lateAcquireRace,
  lockNotReleased,
  transactionNotFinished,
  tempNotRemoved,
  stackNotScoped,
  droppedResource,
  rawFactory,
  leakPerIteration,
  overwrittenResource,
  partialAcquire,
  releaseNotOnThrow,
  numericFdLeak,
  releaseMissingOnPath,
  missingRelease,
];

/** The rules on obligations, in the registry's order of precedence. */
export const LEAK_RULES: readonly LeakRule[] = [...leakRules].sort((one, other) => RULE_IDS.indexOf(one.id) - RULE_IDS.indexOf(other.id));

/** The rules on releases that are done wrongly; each is about a call of its own and takes no part in the precedence. */
export const MISUSE_RULES: readonly MisuseRule[] = [unawaitedRelease, wrongRelease];

/** The rules on how code is written, where no single obligation stands for the mistake. */
export const CODE_RULES: readonly CodeRule[] = [
  redundantRelease,
  preferUsing,
  managerYieldNeedsTryFinally,
  managerSwallows,
  managerMustYieldOnce,
  managedWithoutOk,
  exceptionSwallowed,
  enteredValueIgnored,
  useAfterRelease,
  pushAfterMoveOrClose,
  doubleRelease,
  invalidDisposeMember,
  promiseLeavesScope,
  unsupportedUsing,
  usingAtWrongScope,
  usingEscapesScope,
  usingKindMismatch,
  abortListenerLeak,
  eventPathLeak,
  effectMissingCleanup,
  effectCleanupNotOnEveryPath,
  siblingNotRegistered,
  vscodeNotRegistered,
  subscriptionDropped,
  objectUrlNotRevoked,
  listenerIdentityMismatch,
  siblingNotRemoved,
  listenerNotRemoved,
  intervalNotCleared,
  memberNotReleased,
  bodyNotConsumed,
  childNotTerminated,
  iteratorNotClosed,
  poolClientMisuse,
  raceTimerLeak,
  streamNotDestroyed,
];
