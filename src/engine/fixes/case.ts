import type { Finding, Range } from '../findings';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import type { Plan } from './edit/plan';
import type { Source } from './edit/source';
import type { FixAbility } from './fix';

/** A finding with all that its fixes are made from. */
export interface FixCase {
  readonly finding: Finding;
  /** Absent for findings about how code is written, which are not about one resource. */
  readonly obligation: Obligation | undefined;
  /** All of the file: what a fix also changes elsewhere in it. */
  readonly obligations: readonly Obligation[];
  readonly ctx: Context;
  readonly source: Source;
  readonly ability: FixAbility;
}

/** A finding about one resource. */
export interface ResourceCase extends FixCase {
  readonly obligation: Obligation;
  /** Obligations that one fix makes a scope for together: their releases may share a statement. In the order of their acquires. */
  readonly jointly?: readonly Obligation[];
}

/** A fix before it is chosen: its edits still a plan, with whatever speaks against applying it unseen. */
export interface Draft {
  readonly title: string;
  readonly plan: Plan;
  /** Why somebody should look at it: a sentence each. The first is told. */
  readonly cautions: readonly string[];
  /** It imports the runtime. */
  readonly usesRuntime?: boolean;
  /** The code that the fix was worked out for. Default: the function that owes the release. */
  readonly within?: Range;
}

/** Makes one shape's fixes of a finding; none where the shape does not fit. */
export type FixMaker = (given: FixCase) => readonly Draft[];

/** A maker for findings about one resource. */
export function ofResource(make: (given: ResourceCase) => readonly Draft[]): FixMaker {
  return (given) => {
    const { obligation } = given;
    return obligation === undefined ? [] : make({ ...given, obligation });
  };
}
