import type { RuleId } from '../rules/registry';
import type { FixMaker } from './case';
import type { FixShape } from './fix';
import { makeAdapter } from './shapes/adapter';
import { makeAdoptUsing } from './shapes/adoptUsing';
import { makeAnnotate } from './shapes/annotate';
import { makeAsyncDispose } from './shapes/asyncDispose';
import { makeAwait } from './shapes/await';
import { makeBlockBody } from './shapes/blockBody';
import { makeCallbackScope } from './shapes/callbackScope';
import { makeClearOnOutcome } from './shapes/clearOnOutcome';
import { makeEnterAll } from './shapes/enterAll';
import { enterListOnStack, enterReturnedOnStack } from './shapes/enterList';
import { extractToFinally, extractToStack, extractToUsing } from './shapes/extract';
import { giveCaseBlock } from './shapes/caseBlock';
import { handOn, handOnByStack, keepForModule } from './shapes/handOn';
import { moveIntoCallback } from './shapes/intoCallback';
import { makeFinallyAsItStands } from './shapes/finallyAsItStands';
import { makeFinallyInThen } from './shapes/finallyInThen';
import { makeFinallyUnlessFailed } from './shapes/finallyUnlessFailed';
import { makeGuardYield } from './shapes/guardYield';
import { inTurnToUsing } from './shapes/inTurn';
import { makeManager } from './shapes/manager';
import { makeMatchRemoval } from './shapes/matchRemoval';
import { makeEffectCleanup } from './shapes/effectCleanup';
import { makeOwn, makeOwnListener } from './shapes/own';
import { destroyWithOther } from './shapes/destroyOther';
import { makeAwaitedPipeline, makeCalledPipeline } from './shapes/pipeline';
import { makeRegister } from './shapes/register';
import { makeRemoveWithSiblings } from './shapes/removeWithSiblings';
import { makeRemoveListener } from './shapes/removeListener';
import { makeReleaseInCallback } from './shapes/releaseInCallback';
import { makeReleaseOnFailure } from './shapes/releaseOnFailure';
import { makeRemoveRelease } from './shapes/removeRelease';
import { makeReplaceRelease } from './shapes/replaceRelease';
import { makeRethrow } from './shapes/rethrow';
import { makeRollback } from './shapes/rollback';
import { makeReturnAwait } from './shapes/returnAwait';
import { makeShareListener } from './shapes/shareListener';
import { makeStack } from './shapes/stack';
import { makeTryFinally } from './shapes/tryFinally';
import { makeUsing } from './shapes/using';
import { makeUsingKind } from './shapes/usingKind';

/** What the first of several makers makes that makes anything: a shape looks different where the code holds the resource differently. */
function firstOf(...makers: readonly FixMaker[]): FixMaker {
  return (given) => {
    for (const make of makers) {
      const drafts = make(given);
      if (drafts.length > 0) return drafts;
    }
    return [];
  };
}

/** Who makes the fixes of a shape. A file of `shapes/` each. */
export const MAKERS: Readonly<Partial<Record<FixShape, FixMaker>>> = {
  using: firstOf(makeUsing, extractToUsing, inTurnToUsing, giveCaseBlock, moveIntoCallback),
  stack: firstOf(makeStack, makeAdoptUsing, extractToStack, handOnByStack),
  adapter: makeAdapter,
  'try-finally': firstOf(makeTryFinally, makeFinallyInThen, makeRollback, extractToFinally, makeFinallyUnlessFailed, makeFinallyAsItStands, makeReleaseOnFailure),
  'callback-scope': makeCallbackScope,
  'enter-all': firstOf(makeEnterAll, enterListOnStack, enterReturnedOnStack),
  await: makeAwait,
  manager: makeManager,
  annotate: makeAnnotate,
  own: firstOf(makeOwnListener, makeOwn),
  rethrow: makeRethrow,
  clear: makeClearOnOutcome,
  'in-callback': makeReleaseInCallback,
  'match-removal': firstOf(makeMatchRemoval, makeRemoveWithSiblings, makeShareListener),
  register: firstOf(makeRegister, makeEffectCleanup),
  'hand-on': firstOf(handOn, keepForModule),
  signal: makeRemoveListener,
  pipeline: firstOf(makeAwaitedPipeline, makeCalledPipeline, destroyWithOther),
  'replace-release': makeReplaceRelease,
  'remove-release': makeRemoveRelease,
  'return-await': makeReturnAwait,
  'using-kind': makeUsingKind,
  'async-dispose': makeAsyncDispose,
  'guard-yield': makeGuardYield,
  'block-body': makeBlockBody,
};

/** The shapes of a scope around one resource. */
const SCOPE: readonly FixShape[] = ['using', 'stack', 'adapter', 'try-finally'];

/** Which shapes can repair what a rule finds. A maker that does not fit a finding makes nothing of it. */
export const SHAPES_BY_RULE: Readonly<Partial<Record<RuleId, readonly FixShape[]>>> = {
  'missing-release': [...SCOPE, 'in-callback'],
  'release-not-on-throw': SCOPE,
  'release-missing-on-path': SCOPE,
  'leak-per-iteration': SCOPE,
  'partial-acquire': SCOPE,
  'concurrent-acquire': ['enter-all', 'using'],
  'numeric-fd-leak': SCOPE,
  'lock-not-released': SCOPE,
  'temp-not-removed': SCOPE,
  'transaction-not-finished': ['callback-scope', 'try-finally'],
  'raw-factory': ['manager', 'stack', 'try-finally', 'annotate'],
  'acquire-not-awaited': ['await'],
  'unawaited-release': ['await'],
  'dropped-resource': ['using', 'stack', 'try-finally'],
  'sibling-not-registered': ['register'],
  'vscode-not-registered': ['register'],
  'subscription-dropped': ['register'],
  'member-not-released': ['own'],
  'interval-not-cleared': ['own'],
  'listener-not-removed': ['own'],
  'effect-missing-cleanup': ['register'],
  'manager-swallows': ['rethrow'],
  'event-path-leak': ['clear'],
  'listener-identity-mismatch': ['match-removal'],
  'sibling-not-removed': ['match-removal'],
  'abort-listener-leak': ['signal'],
  'wrong-release': ['replace-release'],
  'stream-not-destroyed': ['pipeline'],
  'promise-leaves-scope': ['return-await'],
  'using-kind-mismatch': ['using-kind'],
  'unsupported-using': ['stack'],
  'using-escapes-scope': ['hand-on', 'stack', 'using'],
  'using-at-wrong-scope': ['hand-on', 'using'],
  'use-after-release': [...SCOPE, 'remove-release'],
  'invalid-dispose-member': ['async-dispose'],
  'manager-yield-needs-try-finally': ['guard-yield'],
  'exception-swallowed': ['block-body'],
  'entered-value-ignored': ['await'],
  'stack-not-scoped': ['using'],
  'redundant-release': ['remove-release'],
  'double-release': ['remove-release'],
  'prefer-using': ['using'],
};
