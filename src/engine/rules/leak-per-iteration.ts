import type { Obligation } from '../ownership/obligation';
import type { Leak } from '../ownership/search';
import { enclosingLoop, within } from '../syntax/nodes';
import type { LeakRule } from './rule';
import { capital, participleOf, subjectOf } from './words';

/** The path comes round to the head of the loop with the resource still held. */
function passesLoopHead({ site }: Obligation, leak: Leak): boolean {
  const loop = enclosingLoop(site.call);
  if (loop === undefined) return false;
  const body = 'body' in loop && loop.body !== null && !Array.isArray(loop.body) ? loop.body : undefined;
  return leak.path.slice(1).some(({ node }) => within(node.ast, loop) && (body === undefined || !within(node.ast, body)));
}

/** Acquired in a loop, and lost when the next turn begins. */
export const leakPerIteration: LeakRule = {
  id: 'leak-per-iteration',
  fits: ({ verdict, obligation, leak }) => {
    if (leak === undefined || leak.how === 'throw' || enclosingLoop(obligation.site.call) === undefined) return false;
    return leak.how === 'lost' || passesLoopHead(obligation, leak) || !(verdict.released || verdict.returned || verdict.handedOn);
  },
  message: ({ obligation }) => `${capital(subjectOf(obligation))} (${obligation.site.resource.noun}) is acquired at every turn of the loop and not ${participleOf(obligation.site)} before the next.`,
};
