import type { RuleId } from './rules/registry';
import type { Family } from './resources/model';

/** How sure a finding is. It belongs to the finding, not to the rule (docs/architecture.md, "Tiers"). */
export type Tier = 'definite' | 'potential' | 'hint';

/** From most to least certain. */
export const TIERS: readonly Tier[] = ['definite', 'potential', 'hint'];

/** The least certain of several. */
export function least(...tiers: readonly Tier[]): Tier {
  return TIERS[Math.max(...tiers.map((tier) => TIERS.indexOf(tier)))] ?? 'hint';
}

/** So many steps less certain; nothing is less than a hint. */
export function lower(tier: Tier, steps: number): Tier {
  return TIERS[Math.min(TIERS.length - 1, TIERS.indexOf(tier) + steps)] ?? 'hint';
}

/** Half-open range of offsets into a file's text, in UTF-16 units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** One station of a witness: where the path goes, and what happens there. */
export interface Step extends Range {
  readonly message: string;
}

/** What the engine says of one obligation. Positions are offsets; the shells turn them into lines. */
export interface Finding extends Range {
  readonly rule: RuleId;
  readonly tier: Tier;
  /** One sentence: the resource, the release that is missing, the path. */
  readonly message: string;
  /** The resource in words, such as `pool client`. */
  readonly resource: string;
  readonly family: Family;
  /** The acquiring call. For a leak it is the finding's own range. */
  readonly acquire: Range;
  /** The witness, from the acquire to where the obligation is lost. Never empty for a leak. */
  readonly path: readonly Step[];
}
