import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import type { Leak } from '../ownership/search';
import type { Verdict } from '../ownership/verdict';
import type { Effect } from '../ownership/effect';
import type { RuleId } from './registry';

/** What a rule is asked about. */
export interface Case {
  readonly verdict: Verdict;
  readonly obligation: Obligation;
  /** Absent when the resource is lost without a path: dropped, not awaited, acquired with others. */
  readonly leak: Leak | undefined;
  readonly ctx: Context;
  /** Every acquire of the file: its call, and the `await` around it. */
  readonly acquires: ReadonlySet<TSESTree.Node>;
}

/** A rule on obligations that are not met. The first in the order of the registry that fits speaks, and the others are silent. */
export interface LeakRule {
  readonly id: RuleId;
  fits(given: Case): boolean;
  /** One sentence without its full stop's details: the resource, what is missing, where. */
  message(given: Case): string;
}

/** A rule on a call that means to release and does it wrongly. */
export interface MisuseRule {
  readonly id: RuleId;
  /** The message, if the effect is one. */
  message(effect: Effect, obligation: Obligation, ctx: Context): string | undefined;
}
