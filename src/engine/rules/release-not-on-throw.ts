import type { LeakRule } from './rule';
import { describeLeak } from './paths';

/** The release stands on the straight path only: an error in between skips it. */
export const releaseNotOnThrow: LeakRule = {
  id: 'release-not-on-throw',
  fits: ({ leak }) => leak?.how === 'throw',
  message: describeLeak,
};
