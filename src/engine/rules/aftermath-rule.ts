import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Aftermath, Life } from '../ownership/afterRelease';
import { findAftermath } from '../ownership/afterRelease';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import type { CodeRule, Report } from './code-rule';
import type { RuleId } from './registry';
import { OBLIGATIONS_MENTION, rangeOf, stepAt } from './scoped-report';
import { subjectOf } from './words';

/** What a rule says of something done to a resource that is released already. */
export interface AftermathJudgement extends Pick<Report, 'message' | 'tier' | 'acquire'> {
  /** The witness: what happens at the acquire, at the release, and after it. */
  readonly steps: readonly [string, string, string];
}

/** A rule on what is done to a resource once it is released. */
export function aftermathRule(
  id: RuleId,
  kind: Aftermath['kind'],
  lifeOf: (obligation: Obligation, ctx: Context) => Life | undefined,
  judge: (after: Aftermath, subject: string, obligation: Obligation, ctx: Context) => AftermathJudgement,
): CodeRule {
  return {
    id,
    mentions: OBLIGATIONS_MENTION,
    passedAlready: true,
    on: [T.Program],
    suspects: () => [],
    judge: (_, { ctx, obligations }) =>
      obligations.flatMap((obligation) => {
        const { site } = obligation;
        const life = lifeOf(obligation, ctx);
        const after = life && findAftermath(life, ctx).find((one) => one.kind === kind);
        if (after === undefined) return [];
        const { steps, ...judgement } = judge(after, subjectOf(obligation), obligation, ctx);
        const path = [stepAt(site.call, steps[0]), stepAt(after.release, steps[1]), stepAt(after.call, steps[2])];
        return [{ ...rangeOf(after.call), resource: site.resource.noun, family: site.resource.family, path, ...judgement }];
      }),
  };
}
