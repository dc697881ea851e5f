import type { CallFact } from '../facts';
import type { Finding, Range, Step, Tier } from '../findings';
import type { Family, Lifetime } from '../resources/model';
import type { RuleId } from '../rules/registry';

/** All that the engine knows about the calls at one place, as data: ranges are offsets, words are for people. */
export interface Explanation {
  readonly calls: readonly CallExplanation[];
  /** Every finding that starts, or whose acquire starts, at the place. */
  readonly findings: readonly Finding[];
}

export interface CallExplanation extends Range {
  /** The call in the code's own words, shortened. */
  readonly code: string;
  /** The function, class part or module that the call stands in. */
  readonly inside: Owner;
  readonly callee: CalleeExplanation;
  /** What whoever knows types says of it. Absent: nobody answered. */
  readonly fact?: CallFact;
  readonly acquire: AcquireExplanation;
  /** What it acquires: one, or none. */
  readonly obligations: readonly ObligationExplanation[];
  /** What it does to resources that were acquired elsewhere in the file. */
  readonly deeds: readonly DeedExplanation[];
}

export interface Owner extends Range {
  readonly kind: 'function' | 'method' | 'module' | 'initialiser';
  readonly name?: string;
}

/** What is called. */
export interface CalleeExplanation {
  /** `local`: something of this file. `nobody`: neither imports nor types tell. */
  readonly known: 'import' | 'type' | 'local' | 'nobody';
  /** What it may be called in models, best first. */
  readonly names: readonly { readonly module: string; readonly member: string }[];
  /** The analysis itself put the question of types; else it was put only for this explanation. */
  readonly asked: boolean;
}

/** Whether it acquires, and why. */
export interface AcquireExplanation {
  readonly resource?: { readonly model: string; readonly noun: string };
  readonly by?: 'import' | 'type' | 'names' | 'dispose symbol' | 'own function';
  readonly because: string;
  /** Models that acquire by a call of this name, and why each is not meant. */
  readonly passedOver: readonly { readonly model: string; readonly call: string; readonly because: string }[];
}

export interface ObligationExplanation {
  readonly acquire: Range;
  /** Who owes the release. */
  readonly owner: Owner;
  /** What holds the resource, in the code's own words. */
  readonly name?: string;
  readonly model: string;
  readonly noun: string;
  readonly family: Family;
  readonly lifetime: Lifetime;
  readonly holder: string;
  readonly certainty: 'proof' | 'guess';
  readonly effects: readonly EffectExplanation[];
  readonly searches: readonly SearchExplanation[];
  /** What becomes of it: a fate that a rule speaks of, or why nothing is said. */
  readonly verdict: string;
  readonly tier?: Tier;
  /** The rules that fit, by precedence: the first spoke. */
  readonly rules: readonly RuleId[];
  /** What lowered the tier. */
  readonly lowered: readonly string[];
  readonly findings: readonly Finding[];
}

export interface EffectExplanation extends Range {
  readonly kind: string;
  readonly words: string;
  readonly code: string;
}

export interface SearchExplanation {
  /** What it assumes. */
  readonly assumes: string;
  readonly outcome: 'leak' | 'none' | 'skipped' | 'gave-up';
  readonly words: string;
  /** The most that a path found by it is worth. */
  readonly tier: Tier;
  readonly path?: readonly Step[];
}

export interface DeedExplanation extends Range {
  readonly words: string;
  /** The acquire of the resource that it concerns. */
  readonly acquire: Range;
  readonly name: string;
}
