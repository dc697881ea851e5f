import type { Tier } from '../findings';
import type { Leak, SearchMode } from './search';

/** What a judgement went through, for explanations: filled in as it goes by whoever is asked to (see verdict.ts and rules/report.ts). */
export interface Trace {
  readonly searches: SearchRecord[];
  /** Why nothing is said, when nothing is. */
  silence?: Silence;
  /** What took a tier off, or bounded it. */
  readonly lowered: Lowering[];
}

/** One search for a path that loses the resource. */
export interface SearchRecord {
  readonly mode: SearchMode;
  /** What a path found by it is worth at most. */
  readonly tier: Tier;
  /** `skipped`: it needs the evidence of a release, and there is none. `gave-up`: too many states. */
  readonly outcome: 'leak' | 'none' | 'skipped' | 'gave-up';
  readonly leak?: Leak;
}

export interface Lowering {
  readonly because: Doubt;
  /** It bounds the tier by this; absent: it takes one tier off. */
  readonly to?: Tier;
}

/** Why an obligation that could be followed leads to no finding. */
export const SILENCES = {
  moment: 'it is over soon whatever happens, and nothing is owed',
  'together-unowed': 'it takes part in a combination of promises, and ends by itself in ordinary use',
  'promise-kept': 'nothing awaits the promise here, and nothing uses it as if it were the resource',
  module: 'it is acquired at the top level of the module, and what a module holds lives as long as the process',
  unfollowed: 'nothing in the function holds it: where it goes cannot be followed',
  'ends-itself': 'the acquire was given a callback that releases it',
  'given-away': 'somebody else had what it was acquired on before',
  unreleased: 'nothing here releases it, and it ends by itself or is commonly kept until the process ends',
  elsewhere: 'nothing here releases it, and what it was acquired on is not made here: whoever made it may release it',
  taken: 'whoever is given it sets a flag by which it is not released here',
  'ended-early': 'it ends by itself, and the path that skips the release is not one of an error',
  met: 'every path that counts meets a release or a transfer',
} as const;

export type Silence = keyof typeof SILENCES;

/** What lowers the tier of a finding. */
export const DOUBTS = {
  'kept-long': 'it may well outlive the function, and what releases it is no sign that it should not',
  flagged: 'a flag that a callback sets decides whether it is released',
  captured: 'nothing here releases it, and a closure that lives on captured it',
  'owner-in-the-making': 'nothing here releases it, and an error comes before the owner has it',
  'skips-transfer': 'nothing here releases it, and the path only skips the way to another owner',
  guessed: 'the acquire is recognised by the names in use alone',
  'entry-point': 'the function is only run by the module itself, once',
  'model-limit': 'the model bounds what is said of this resource',
  'rule-limit': 'the rule never says more',
  truncated: 'the function is so large that its control flow was cut off',
  'under-test': 'a test makes an object of the project\'s own, and never releases any of it',
  test: 'the file is test code',
} as const;

export type Doubt = keyof typeof DOUBTS;
