import type { LeakRule } from './rule';
import { describeLeak } from './paths';
import { throwerOf } from './witness';

/** A second acquire fails before the first resource is under protection. */
export const partialAcquire: LeakRule = {
  id: 'partial-acquire',
  fits: ({ leak, acquires }) => {
    const thrower = leak && throwerOf(leak);
    return leak?.how === 'throw' && thrower !== undefined && acquires.has(thrower);
  },
  message: describeLeak,
};
