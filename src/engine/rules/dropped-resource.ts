import type { LeakRule } from './rule';
import { participleOf } from './words';

/** The result of an acquire is thrown away, or used once: nothing can release it any more. */
export const droppedResource: LeakRule = {
  id: 'dropped-resource',
  fits: ({ verdict }) => verdict.fate.kind === 'dropped',
  message: ({ verdict, obligation, ctx }) => {
    const noun = obligation.site.resource.noun;
    const used = verdict.fate.kind === 'dropped' ? verdict.fate.used : undefined;
    const acquire = ctx.excerpt(obligation.site.call);
    if (used === undefined) return `The ${noun} of \`${acquire}\` is thrown away and is never ${participleOf(obligation.site)}.`;
    return `The ${noun} of \`${acquire}\` is used once and lost: nothing holds it, so it is never ${participleOf(obligation.site)}.`;
  },
};
