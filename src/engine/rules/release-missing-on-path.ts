import type { LeakRule } from './rule';
import { describeLeak } from './paths';

/** Some normal path ends without the release that another one has. */
export const releaseMissingOnPath: LeakRule = {
  id: 'release-missing-on-path',
  fits: ({ leak, verdict }) => leak?.how === 'end' && (verdict.released || verdict.returned || verdict.handedOn),
  message: describeLeak,
};
