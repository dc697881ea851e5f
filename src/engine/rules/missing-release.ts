import type { LeakRule } from './rule';
import { capital, participleOf, releaseText, subjectOf } from './words';

/** Nothing in the function ever releases the resource or hands it on. */
export const missingRelease: LeakRule = {
  id: 'missing-release',
  fits: ({ leak }) => leak?.how === 'end',
  message: ({ obligation }) => {
    const release = releaseText(obligation);
    // `The transaction of \`client\`` says it.
    const noun = obligation.name === undefined || obligation.site.holder.in === 'receiver' ? '' : ` (${obligation.site.resource.noun})`;
    return `${capital(subjectOf(obligation))}${noun} is never ${participleOf(obligation.site)}${release === undefined ? '' : `: \`${release}\` is missing`}.`;
  },
};
