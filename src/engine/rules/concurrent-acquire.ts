import type { LeakRule } from './rule';

/** One of several acquires in `Promise.all`: when another fails, this one completes and nobody has it. */
export const concurrentAcquire: LeakRule = {
  id: 'concurrent-acquire',
  fits: ({ verdict }) => verdict.fate.kind === 'concurrent',
  message: ({ obligation, ctx }) => `The ${obligation.site.resource.noun} of \`${ctx.excerpt(obligation.site.call)}\` is lost when another element of \`Promise.all\` rejects: acquire one after the other, or settle all first.`,
};
