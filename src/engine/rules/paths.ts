import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Case } from './rule';
import { leavingStatement, throwerOf } from './witness';
import { capital, failureOf, participleOf, placeText, subjectOf } from './words';

/** `` `client` (pool client) is not released if `client.query(...)` on line 12 rejects ``: what every rule on paths says. */
export function describeLeak({ obligation, leak, ctx }: Case): string {
  const { site } = obligation;
  const named = obligation.name === undefined || site.holder.in === 'receiver' || site.holder.in === 'argument' || site.holder.in === 'nothing' ? '' : ` (${site.resource.noun})`;
  const subject = `${capital(subjectOf(obligation))}${named}`;
  const participle = participleOf(site);
  if (leak === undefined) return `${subject} is never ${participle}.`;
  if (leak.how === 'throw') {
    const thrower = throwerOf(leak);
    if (thrower === undefined) return `${subject} is not ${participle} when an error leaves the function.`;
    return thrower.type === T.ThrowStatement ? `${subject} is not ${participle} when line ${String(ctx.lineOf(thrower))} throws.` : `${subject} is not ${participle} if ${placeText(ctx.awaited(thrower), ctx)} ${failureOf(thrower)}.`;
  }
  if (leak.how === 'lost') return `${subject} is overwritten on line ${String(ctx.lineOf(leak.path.at(-1)?.node.ast ?? obligation.root))} before it is ${participle}.`;
  const leaving = leavingStatement(leak);
  const stopped = leak.path.findLast((at) => at.edge?.kind === 'return');
  if (stopped) return `${subject} is not ${participle} when the consumer stops at the \`yield\` on line ${String(ctx.lineOf(stopped.node.ast))}.`;
  if (leaving) return `${subject} is not ${participle} on the path that returns on line ${String(ctx.lineOf(leaving))}.`;
  return `${subject} is not ${participle} on the path to the end of the function.`;
}
