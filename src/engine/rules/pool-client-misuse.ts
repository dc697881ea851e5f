import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { acquiresFromPool, isPooled, listenerGivenBack, nestedAcquire, useAfterRelease } from '../concurrency/pooled';
import { beginsOnPool, mayBeginTransaction } from '../concurrency/poolStatements';
import type { Tier } from '../findings';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import type { CodeRule, Report } from './code-rule';
import { rangeOf } from './scoped-report';
import { capital, placeText, subjectOf } from './words';

/**
 * A transaction is begun on the pool itself. What a pool lends is used after it was given back, when somebody else may have it; or a second one is asked for while the first is
 * held: when every other is held by somebody who asks likewise, all of them wait for ever.
 */
export const poolClientMisuse: CodeRule = {
  id: 'pool-client-misuse',
  mentions: ['.release(', '.releaseConnection(', "'BEGIN", '"BEGIN', '`BEGIN', "'begin", '"begin', '`begin', 'START TRANSACTION', 'start transaction'],
  on: [T.CallExpression],
  suspects: (node, ctx) => (mayBeginTransaction(node) ? [{ kind: 'call', ...rangeOf(node) }] : acquiresFromPool(node, ctx) ? [] : undefined),
  judge: (node, { ctx, obligations }) => {
    if (mayBeginTransaction(node)) return beginsOnPool(node, ctx) ? [onPool(node, ctx)] : [];
    const obligation = obligations.find(({ site }) => site.call === node);
    if (obligation === undefined || !isPooled(obligation.site.resource)) return [];
    const tier: Tier = obligation.site.certainty === 'guess' ? 'hint' : 'potential';
    return [...afterRelease(obligation, tier, ctx), ...nested(obligation, obligations, tier, ctx), ...listenedTo(obligation, tier, ctx)];
  },
};

function onPool(call: TSESTree.CallExpression, ctx: Context): Report {
  return {
    ...rangeOf(call),
    acquire: rangeOf(call),
    resource: 'transaction',
    family: 'transaction',
    message: `\`${ctx.excerpt(call)}\` begins a transaction on a pool: the next statements may run on other connections, and the one that began it goes back to the pool with the transaction open.`,
    path: [{ ...rangeOf(call), message: 'the transaction begins on whichever connection is free' }],
  };
}

function afterRelease(obligation: Obligation, tier: Tier, ctx: Context): Report[] {
  const found = useAfterRelease(obligation, ctx);
  if (found === undefined) return [];
  const { noun, family } = obligation.site.resource;
  const subject = subjectOf(obligation);
  const acquire = rangeOf(obligation.site.call);
  return [
    {
      ...rangeOf(found.use),
      acquire,
      resource: noun,
      family,
      tier,
      message: `${capital(subject)} (${noun}) is used after ${placeText(found.release, ctx)} gave it back: the pool may have lent it to somebody else.`,
      path: [
        { ...acquire, message: `${subject} is acquired` },
        { ...rangeOf(found.release), message: 'it is given back' },
        { ...rangeOf(found.use), message: 'and used after that' },
      ],
    },
  ];
}

function listenedTo(obligation: Obligation, tier: Tier, ctx: Context): Report[] {
  const left = listenerGivenBack(obligation, ctx);
  if (left === undefined) return [];
  const { noun } = obligation.site.resource;
  const subject = subjectOf(obligation);
  return [
    {
      ...rangeOf(left.listening.call),
      acquire: rangeOf(left.listening.call),
      resource: noun,
      family: 'listener',
      tier,
      message: `The listener for ${ctx.textOf(left.listening.event)} on ${subject} (${noun}) is still there when the pool has it back: each use adds one.`,
      path: [
        { ...rangeOf(left.listening.call), message: `a listener is added to ${subject}` },
        { ...rangeOf(left.release), message: 'it is given back with the listener' },
      ],
    },
  ];
}

function nested(obligation: Obligation, obligations: readonly Obligation[], tier: Tier, ctx: Context): Report[] {
  // What nothing holds is lost, and another rule's matter.
  const found = obligation.name === undefined ? undefined : nestedAcquire(obligation, obligations, ctx);
  if (found === undefined) return [];
  const { noun, family } = obligation.site.resource;
  const subject = subjectOf(obligation);
  const acquire = rangeOf(obligation.site.call);
  return [
    {
      ...rangeOf(found.at),
      resource: noun,
      family,
      tier,
      message: `${found.through ? `${capital(placeText(found.at, ctx))} asks the pool for another` : 'This asks the pool for another'} ${noun} while ${subject} is held: when all others are held by those who wait likewise, nobody goes on.`,
      path: [
        { ...acquire, message: `${subject} is acquired` },
        { ...rangeOf(found.at), message: found.through ? 'this function acquires another' : 'another is asked for, and the first is held' },
      ],
    },
  ];
}
