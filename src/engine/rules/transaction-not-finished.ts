import type { LeakRule } from './rule';
import { describeLeak } from './paths';

/** A transaction must end in a commit or a rollback on every path; left open it keeps its locks and its connection. */
export const transactionNotFinished: LeakRule = {
  id: 'transaction-not-finished',
  fits: ({ obligation, verdict }) => obligation.site.resource.family === 'transaction' && (verdict.fate.kind === 'leak' || verdict.fate.kind === 'dropped'),
  message: describeLeak,
};
