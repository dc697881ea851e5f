import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { findAftermath } from '../ownership/afterRelease';
import { lifeOf } from '../ownership/lives';
import type { CodeRule } from './code-rule';
import { OBLIGATIONS_MENTION, rangeOf, stepAt } from './scoped-report';
import { isStack } from './stacks';
import { subjectOf } from './words';

/** Something is put on a stack that has been moved or disposed of: it throws, and what was to be put on it is not released. */
export const pushAfterMoveOrClose: CodeRule = {
  id: 'push-after-move-or-close',
  mentions: OBLIGATIONS_MENTION,
  passedAlready: true,
  on: [T.Program],
  suspects: () => [],
  judge: (_, { ctx, obligations }) =>
    obligations.flatMap((obligation) => {
      const { site } = obligation;
      const life = isStack(site.resource) ? lifeOf(obligation, ctx) : undefined;
      const after = life && findAftermath({ ...life, alsoReleases: ['move'] }, ctx).find(({ kind }) => kind === 'used');
      if (after === undefined) return [];
      const subject = subjectOf(obligation);
      const release = ctx.excerpt(after.release);
      const message = `${subject} is empty and closed after \`${release}\` on line ${String(ctx.lineOf(after.release))}: \`${ctx.excerpt(after.call)}\` throws a ReferenceError, and what it was given is not released.`;
      const path = [stepAt(site.call, `${subject} is made`), stepAt(after.release, `${subject} is moved or disposed of`), stepAt(after.call, 'and used after that')];
      return [{ ...rangeOf(after.call), acquire: rangeOf(site.call), resource: site.resource.noun, family: site.resource.family, message, tier: after.conditional ? 'potential' : 'definite', path }];
    }),
};
