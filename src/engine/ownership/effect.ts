import type { TSESTree } from '@typescript-eslint/types';
import type { Release } from '../resources/model';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import type { Place } from './place';

/**
 * What a piece of syntax does to an obligation.
 * `release`: it is met. `transfer`: another owner has it. `unknown`: a callee that nobody knows may have taken it. `alias`: another
 * place holds the resource as well. `lend`: the consumer of a generator has it until it comes back. `wrong`: a method that does not
 * release, in place of the one that does. `fulfilled`: a callback of `then` releases, and a rejection goes past it.
 */
export type EffectKind = 'release' | 'transfer' | 'unknown' | 'alias' | 'lend' | 'wrong' | 'fulfilled';

export interface Effect {
  readonly kind: EffectKind;
  /** The syntax at which it happens; the flow nodes that stand for it carry the effect. */
  readonly at: TSESTree.Node;
  /** The place that it concerns (its key); `*` for any. */
  readonly from: string;
  /** For `alias`. */
  readonly to?: Place;
  /** For releases by a call, and for unknown callees. */
  readonly call?: CallNode;
  readonly release?: Release;
  /** For `unknown`: the callee most likely only uses the resource. */
  readonly lent?: boolean;
  /** For a transfer: what it goes to releases it when it runs. */
  readonly releases?: true;
  /** For a transfer to a callback that runs once: the callback, which must itself release on each of its paths. */
  readonly inside?: FunctionNode;
  /** For a transfer: how, in a word, for messages and explanations. */
  readonly how?: 'returned' | 'stored' | 'passed' | 'scoped' | 'settled' | 'captured' | 'taken apart';
}

/** What calling a function does to an argument, or invoking a closure does to what it captured. */
export type Treatment = 'release' | 'transfer' | 'unknown' | 'borrow' | 'alias';
