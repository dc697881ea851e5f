import type { RuleId } from '../rules/registry';
import type { FixMaker } from './case';
import type { FixShape } from './fix';
import { makeAdapter } from './shapes/adapter';
import { makeAwait } from './shapes/await';
import { makeReplaceRelease } from './shapes/replaceRelease';
import { makeStack } from './shapes/stack';
import { makeTryFinally } from './shapes/tryFinally';
import { makeUsing } from './shapes/using';

/** Who makes the fixes of a shape. A file of `shapes/` each. */
export const MAKERS: Readonly<Partial<Record<FixShape, FixMaker>>> = {
  using: makeUsing,
  stack: makeStack,
  adapter: makeAdapter,
  'try-finally': makeTryFinally,
  await: makeAwait,
  'replace-release': makeReplaceRelease,
};

/** The shapes of a scope around one resource. */
const SCOPE: readonly FixShape[] = ['using', 'stack', 'adapter', 'try-finally'];

/** Which shapes can repair what a rule finds. A maker that does not fit a finding makes nothing of it. */
export const SHAPES_BY_RULE: Readonly<Partial<Record<RuleId, readonly FixShape[]>>> = {
  'missing-release': SCOPE,
  'release-not-on-throw': SCOPE,
  'release-missing-on-path': SCOPE,
  'leak-per-iteration': SCOPE,
  'partial-acquire': SCOPE,
  'numeric-fd-leak': SCOPE,
  'lock-not-released': SCOPE,
  'temp-not-removed': SCOPE,
  'raw-factory': ['stack', 'try-finally'],
  'acquire-not-awaited': ['await'],
  'unawaited-release': ['await'],
  'wrong-release': ['replace-release'],
};
