import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Disposal } from '../ownership/disposal';
import { disposalOf, disposalQuestion } from '../ownership/disposal';
import type { Scoped } from '../ownership/scoped';
import { scopedBy } from '../ownership/scoped';
import type { CodeCase, CodeRule, Report } from './code-rule';
import type { RuleId } from './registry';
import { USING_MENTIONS, acquireRange, heldBy, rangeOf, stepAt } from './scoped-report';

/** What there is to say of a scope whose value has these symbols: the message, and the tier where the rule's own is too much. */
export type DisposalJudgement = (scoped: Scoped, disposal: Disposal, given: CodeCase) => Pick<Report, 'message' | 'tier'> | undefined;

/** A rule on declarations of `using` that turns on which dispose symbols the value has. */
export function disposalRule(id: RuleId, judge: DisposalJudgement): CodeRule {
  return {
    id,
    mentions: USING_MENTIONS,
    passedAlready: true,
    on: [T.VariableDeclarator],
    suspects: (node, ctx) => {
      const scoped = scopedBy(node, ctx);
      return scoped?.init === undefined ? undefined : disposalQuestion(scoped);
    },
    judge: (node, given) => {
      const { ctx, obligations } = given;
      const scoped = scopedBy(node, ctx);
      if (scoped === undefined) return [];
      const disposal = disposalOf(scoped, obligations, ctx);
      const judgement = disposal && judge(scoped, disposal, given);
      if (judgement === undefined) return [];
      return [{ ...rangeOf(scoped.init ?? node), ...heldBy(scoped, given), ...acquireRange(scoped), ...judgement, path: [stepAt(node, `\`${scoped.name}\` is declared here`)] }];
    },
  };
}
