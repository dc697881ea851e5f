import { lifeOf } from '../ownership/lives';
import { aftermathRule } from './aftermath-rule';
import { isStack } from './stacks';

/** A resource is used on a path on which it was released before. */
export const useAfterRelease = aftermathRule(
  'use-after-release',
  'used',
  (obligation, ctx) => (isStack(obligation.site.resource) ? undefined : lifeOf(obligation, ctx)),
  ({ release, call, conditional }, subject, _, ctx) => ({
    message: `${subject} is released by \`${ctx.excerpt(release)}\` on line ${String(ctx.lineOf(release))}, and \`${ctx.excerpt(call)}\` uses it after that.`,
    tier: conditional ? 'potential' : 'definite',
    steps: [`${subject} is acquired`, `${subject} is released`, 'and used after that'],
  }),
);
