import { enclosingLoop } from '../syntax/nodes';
import type { LeakRule } from './rule';
import { capital, participleOf, subjectOf } from './words';

/** Acquired in a loop, and lost when the next turn begins. */
export const leakPerIteration: LeakRule = {
  id: 'leak-per-iteration',
  fits: ({ verdict, obligation, leak }) => {
    if (leak === undefined || leak.how === 'throw' || enclosingLoop(obligation.site.call) === undefined) return false;
    return leak.how === 'lost' || !(verdict.released || verdict.returned || verdict.handedOn);
  },
  message: ({ obligation }) => `${capital(subjectOf(obligation))} (${obligation.site.resource.noun}) is acquired at every turn of the loop and not ${participleOf(obligation.site)} before the next.`,
};
