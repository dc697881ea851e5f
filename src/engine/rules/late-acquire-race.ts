import type { LeakRule } from './rule';

/** The acquire takes part in `Promise.race`: when it loses, it still completes, and nobody has the resource. */
export const lateAcquireRace: LeakRule = {
  id: 'late-acquire-race',
  fits: ({ verdict }) => verdict.fate.kind === 'race',
  message: ({ obligation, ctx }) => `When \`${ctx.excerpt(obligation.site.call)}\` loses the race, its ${obligation.site.resource.noun} arrives later with nobody to release it.`,
};
