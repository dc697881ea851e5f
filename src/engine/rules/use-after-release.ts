import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { findAftermath } from '../ownership/afterRelease';
import { lifeOf } from '../ownership/lives';
import type { CodeRule } from './code-rule';
import { isStack } from './stacks';
import { OBLIGATIONS_MENTION, rangeOf, stepAt } from './scoped-report';
import { subjectOf } from './words';

/** A resource is used on a path on which it was released before. */
export const useAfterRelease: CodeRule = {
  id: 'use-after-release',
  mentions: OBLIGATIONS_MENTION,
  passedAlready: true,
  on: [T.Program],
  suspects: () => [],
  judge: (_, { ctx, obligations }) =>
    obligations.flatMap((obligation) => {
      const { site } = obligation;
      const life = isStack(site.resource) ? undefined : lifeOf(obligation, ctx);
      const after = life && findAftermath(life, ctx).find(({ kind }) => kind === 'used');
      if (after === undefined) return [];
      const subject = subjectOf(obligation);
      const message = `${subject} is released by \`${ctx.excerpt(after.release)}\` on line ${String(ctx.lineOf(after.release))}, and \`${ctx.excerpt(after.call)}\` uses it after that.`;
      const path = [stepAt(site.call, `${subject} is acquired`), stepAt(after.release, `${subject} is released`), stepAt(after.call, 'and used after that')];
      return [{ ...rangeOf(after.call), resource: site.resource.noun, family: site.resource.family, message, tier: after.conditional ? 'potential' : 'definite', path }];
    }),
};
