import type { LeakRule } from './rule';
import { describeLeak } from './paths';

/** The last name that held the resource is given another value. */
export const overwrittenResource: LeakRule = {
  id: 'overwritten-resource',
  fits: ({ leak }) => leak?.how === 'lost',
  message: describeLeak,
};
