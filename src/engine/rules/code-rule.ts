import type { AST_NODE_TYPES, TSESTree } from '@typescript-eslint/types';
import type { Query } from '../facts';
import type { Range, Step, Tier } from '../findings';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import type { Family } from '../resources/model';
import type { RuleId } from './registry';

/** What a code rule says of one place. */
export interface Report extends Range {
  /** One sentence. */
  readonly message: string;
  /** What the evidence allows; the rule's own tier and test code may lower it. Default: the rule's. */
  readonly tier?: Tier;
  /** The resource in words, such as `pool client`. */
  readonly resource: string;
  readonly family: Family;
  /**
   * The acquiring call, where there is one. Of all that is said of one acquire, by rules on obligations and by code rules, only the
   * first in the order of the registry is reported. Absent: the report is about its own range, and stands beside others.
   */
  readonly acquire?: Range;
  /** The stations of a witness. Default: none. */
  readonly path?: readonly Step[];
}

/** What a code rule may look at when it judges. */
export interface CodeCase {
  readonly ctx: Context;
  /** Every obligation of the file, met or not. */
  readonly obligations: readonly Obligation[];
}

/**
 * A rule on how code is written, where no single obligation stands for the mistake. Files whose text has none of its `mentions` are
 * never looked at; of the others each node of the types in `on` is offered once, in source order.
 */
export interface CodeRule {
  readonly id: RuleId;
  /** Words, one of which the text must contain for the rule to have anything to say. They open the pre-filter too: choose telling ones. */
  readonly mentions: readonly string[];
  /** What it looks for passes the pre-filter anyway (obligations, declarations of `using`): its mentions need not open it. */
  readonly passedAlready?: true;
  readonly on: readonly AST_NODE_TYPES[];
  /**
   * A cheap look at syntax: undefined when the node is of no interest, else the questions of types that the judgement needs, often none.
   * All questions of a file are put at once, before any rule judges.
   */
  readonly suspects: (node: TSESTree.Node, ctx: Context) => readonly Query[] | undefined;
  /** The judgement, once whoever knows types has answered (or nobody has: decide by what is certain then). */
  readonly judge: (node: TSESTree.Node, given: CodeCase) => readonly Report[];
}
