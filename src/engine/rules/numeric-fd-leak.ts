import type { LeakRule } from './rule';
import { describeLeak } from './paths';

/** A file descriptor is a number: nothing closes it when it is forgotten, not even the garbage collector. */
export const numericFdLeak: LeakRule = {
  id: 'numeric-fd-leak',
  fits: ({ leak, obligation }) => leak !== undefined && obligation.site.resource.value === 'number',
  message: describeLeak,
};
