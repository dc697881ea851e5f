import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { findAftermath } from '../ownership/afterRelease';
import { lifeOf } from '../ownership/lives';
import { spentOf } from '../resources/spent';
import type { CodeRule } from './code-rule';
import { OBLIGATIONS_MENTION, rangeOf, stepAt } from './scoped-report';
import { subjectOf } from './words';

/** A resource that must be released once is released twice on one path. */
export const doubleRelease: CodeRule = {
  id: 'double-release',
  mentions: OBLIGATIONS_MENTION,
  passedAlready: true,
  on: [T.Program],
  suspects: () => [],
  judge: (_, { ctx, obligations }) =>
    obligations.flatMap((obligation) => {
      const { site } = obligation;
      const life = lifeOf(obligation, ctx);
      const after = life && findAftermath(life, ctx).find(({ kind }) => kind === 'released again');
      if (after === undefined) return [];
      const subject = subjectOf(obligation);
      const because = spentOf(site.resource.id)?.again ?? '';
      const message = `${subject} is released by \`${ctx.excerpt(after.release)}\` on line ${String(ctx.lineOf(after.release))}, and once more by \`${ctx.excerpt(after.call)}\`: ${because}.`;
      const path = [stepAt(site.call, `${subject} is acquired`), stepAt(after.release, `${subject} is released`), stepAt(after.call, 'and released once more')];
      return [{ ...rangeOf(after.call), resource: site.resource.noun, family: site.resource.family, message, tier: after.conditional ? 'hint' : 'potential', path }];
    }),
};
