import type { LeakRule } from './rule';
import { placeText } from './words';

/** The acquire gives a promise; what is used, or thrown away, is the promise. */
export const acquireNotAwaited: LeakRule = {
  id: 'acquire-not-awaited',
  fits: ({ verdict }) => verdict.fate.kind === 'not-awaited',
  message: ({ verdict, obligation, ctx }) => {
    const acquire = ctx.excerpt(obligation.site.call);
    const used = verdict.fate.kind === 'not-awaited' ? verdict.fate.used : undefined;
    if (used === undefined) return `The promise of \`${acquire}\` is thrown away: the ${obligation.site.resource.noun} arrives with nobody to release it.`;
    const named = obligation.name === undefined ? `\`${acquire}\` gives` : `\`${obligation.name}\` is`;
    return `${named} a promise of the ${obligation.site.resource.noun}; ${placeText(used, ctx)} uses it without \`await\`.`;
  },
};
