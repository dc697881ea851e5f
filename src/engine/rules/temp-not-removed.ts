import type { LeakRule } from './rule';
import { describeLeak } from './paths';

/** Temporary files and directories stay on disk after the process. */
export const tempNotRemoved: LeakRule = {
  id: 'temp-not-removed',
  fits: ({ obligation, verdict }) => obligation.site.resource.family === 'temporary' && (verdict.fate.kind === 'leak' || verdict.fate.kind === 'dropped'),
  message: describeLeak,
};
