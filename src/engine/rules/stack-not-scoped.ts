import { isStack } from './stacks';
import { describeLeak } from './paths';
import type { LeakRule } from './rule';
import { capital, subjectOf } from './words';

/** A stack that nothing disposes of on some path: what was put on it is not released there. */
export const stackNotScoped: LeakRule = {
  id: 'stack-not-scoped',
  fits: ({ obligation }) => isStack(obligation.site.resource),
  message: (given) => {
    const { obligation, verdict } = given;
    const keyword = obligation.site.resource.disposable?.symbol === 'asyncDispose' ? 'await using' : 'using';
    if (verdict.released || verdict.returned) return describeLeak(given);
    return `${capital(subjectOf(obligation))} is never disposed of, so nothing on it is released: declare it with \`${keyword}\`, or move it to an owner.`;
  },
};
