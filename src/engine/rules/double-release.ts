import { lifeOf } from '../ownership/lives';
import { onceReleased } from '../resources/onceReleased';
import { aftermathRule } from './aftermath-rule';

/** A resource that must be released once is released twice on one path. */
export const doubleRelease = aftermathRule('double-release', 'released again', lifeOf, ({ release, call, conditional }, subject, { site }, ctx) => ({
  message: `${subject} is released by \`${ctx.excerpt(release)}\` on line ${String(ctx.lineOf(release))}, and once more by \`${ctx.excerpt(call)}\`: ${onceReleased(site.resource.id)?.again ?? ''}.`,
  tier: conditional ? 'hint' : 'potential',
  steps: [`${subject} is acquired`, `${subject} is released`, 'and released once more'],
}));
