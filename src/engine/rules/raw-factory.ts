import type { LeakRule } from './rule';
import { describeLeak } from './paths';

/** A function that acquires for its caller, and fails before it hands the resource over. */
export const rawFactory: LeakRule = {
  id: 'raw-factory',
  fits: ({ verdict, leak }) => leak?.how === 'throw' && verdict.returned && !verdict.released,
  message: describeLeak,
};
