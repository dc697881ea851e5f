import { lifeOf } from '../ownership/lives';
import { aftermathRule } from './aftermath-rule';
import { rangeOf } from './scoped-report';
import { isStack } from './stacks';

/** Something is put on a stack that has been moved or disposed of: it throws, and what was to be put on it is not released. */
export const pushAfterMoveOrClose = aftermathRule(
  'push-after-move-or-close',
  'used',
  (obligation, ctx) => {
    const life = isStack(obligation.site.resource) ? lifeOf(obligation, ctx) : undefined;
    return life && { ...life, alsoReleases: ['move'] };
  },
  ({ release, call, conditional }, subject, { site }, ctx) => ({
    message: `${subject} is empty and closed after \`${ctx.excerpt(release)}\` on line ${String(ctx.lineOf(release))}: \`${ctx.excerpt(call)}\` throws a ReferenceError, and what it was given is not released.`,
    tier: conditional ? 'potential' : 'definite',
    acquire: rangeOf(site.call),
    steps: [`${subject} is made`, `${subject} is moved or disposed of`, 'and used after that'],
  }),
);
