import type { LeakRule } from './rule';
import { describeLeak } from './paths';

/** A lock must be given back on every path, or everybody else waits for ever. */
export const lockNotReleased: LeakRule = {
  id: 'lock-not-released',
  fits: ({ obligation, verdict }) => obligation.site.resource.family === 'lock' && (verdict.fate.kind === 'leak' || verdict.fate.kind === 'dropped'),
  message: describeLeak,
};
