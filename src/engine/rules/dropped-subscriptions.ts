import type { Dropped } from '../events/dropped';
import type { Context } from '../ownership/context';
import type { Report } from './code-rule';

/** Words of files that may drop a subscription. */
export const SUBSCRIPTION_WORDS = ['.onDid', '.onWill', 'Changed(', 'toDispose', 'ispose()', '.subscribe(', 'disposables', 'subscriptions', '_register(', 'estroy()', 'WillUnmount()', 'connectedCallback()', 'extends Disposable'];

/** What the rules on dropped subscriptions report: the place and the witness are the same for all. */
export function reportDropped({ call, evidence, tier }: Dropped, message: string, ctx: Context): Report {
  const [start, end] = call.range;
  const steps = [{ start, end, message: `\`${ctx.excerpt(call)}\` subscribes, and its result is thrown away` }];
  if (evidence.kind === 'sibling') steps.unshift({ start: evidence.sibling.range[0], end: evidence.sibling.range[1], message: 'this one is kept' });
  return { start, end, acquire: { start, end }, message, tier, resource: 'subscription', family: 'listener', path: steps };
}
