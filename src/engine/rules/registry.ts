import type { Tier } from '../findings';

/** What a rule says of itself. Rules are data here; what finds them lies in the rule's own file. */
export interface RuleMeta {
  /** Group in docs/rules: what the rule is about. */
  readonly group: 'local' | 'ownership' | 'using' | 'concurrency' | 'events' | 'hosts' | 'files' | 'managers';
  /** The most that the rule ever says. */
  readonly tier: Tier;
  /** One line for lists. */
  readonly summary: string;
  /** It says nothing of a mistake: correct code could be written shorter. Only told when asked for (AnalyseOptions.style). */
  readonly style?: true;
}

/** Every rule that the engine can report. The order is the order of precedence: of two that fit one obligation the first speaks. */
export const RULES = {
  'acquire-not-awaited': { group: 'managers', tier: 'definite', summary: 'A promise of a resource is used or dropped as if it were the resource.' },
  'concurrent-acquire': { group: 'local', tier: 'definite', summary: 'Resources are acquired in Promise.all: when one fails the others are lost.' },
  'late-acquire-race': { group: 'local', tier: 'potential', summary: 'An acquire loses a race against a timeout and arrives with nobody to release it.' },
  'lock-not-released': { group: 'concurrency', tier: 'definite', summary: 'A lock is not released on every path.' },
  'transaction-not-finished': { group: 'concurrency', tier: 'definite', summary: 'A transaction is neither committed nor rolled back on some path.' },
  'temp-not-removed': { group: 'files', tier: 'potential', summary: 'A temporary file or directory is not removed on every path.' },
  'manager-yield-needs-try-finally': { group: 'managers', tier: 'definite', summary: 'The cleanup of a generator manager is skipped when the body throws.' },
  'push-after-move-or-close': { group: 'managers', tier: 'definite', summary: 'Something is put on a stack that was moved or disposed of.' },
  'stack-not-scoped': { group: 'managers', tier: 'definite', summary: 'A stack is not disposed of on some path, and what is on it is not released.' },
  'body-not-consumed': { group: 'concurrency', tier: 'potential', summary: 'The body of a response is neither read nor thrown away, and keeps its connection.' },
  'dropped-resource': { group: 'local', tier: 'definite', summary: 'The result of an acquire is discarded.' },
  'raw-factory': { group: 'managers', tier: 'definite', summary: 'A function acquires, can fail before it returns the resource, and then loses it.' },
  'leak-per-iteration': { group: 'local', tier: 'definite', summary: 'A resource is acquired in a loop and lost at the next turn.' },
  'overwritten-resource': { group: 'local', tier: 'potential', summary: 'A variable is assigned anew while it holds an unreleased resource.' },
  'partial-acquire': { group: 'local', tier: 'definite', summary: 'A second acquire can fail before the first resource is protected.' },
  'release-not-on-throw': { group: 'local', tier: 'definite', summary: 'The release is skipped when something in between throws.' },
  'numeric-fd-leak': { group: 'files', tier: 'definite', summary: 'A file descriptor is not closed on every path.' },
  'release-missing-on-path': { group: 'local', tier: 'definite', summary: 'A return, branch or loop exit skips the release.' },
  'missing-release': { group: 'local', tier: 'definite', summary: 'A resource is never released.' },
  'using-escapes-scope': { group: 'using', tier: 'definite', summary: 'What `using` holds is returned, stored or captured, and released before it is used.' },
  'promise-leaves-scope': { group: 'using', tier: 'definite', summary: 'A promise is returned from a scope without `await`, and the scope releases what the work needs.' },
  'using-kind-mismatch': { group: 'using', tier: 'definite', summary: '`using` on what is released asynchronously, or `await using` on what is not.' },
  'unsupported-using': { group: 'using', tier: 'definite', summary: '`using` on what has no dispose symbol.' },
  'use-after-release': { group: 'using', tier: 'definite', summary: 'A resource is used after it was released.' },
  'double-release': { group: 'using', tier: 'potential', summary: 'A resource that must be released once is released twice.' },
  'managed-without-ok': { group: 'managers', tier: 'definite', summary: 'An entered manager is never told that its body succeeded, and rolls back.' },
  'manager-must-yield-once': { group: 'managers', tier: 'definite', summary: 'A generator manager can end without a `yield`, or yield twice.' },
  'manager-swallows': { group: 'managers', tier: 'definite', summary: 'A generator manager catches what the body throws and does not throw it again.' },
  'entered-value-ignored': { group: 'managers', tier: 'definite', summary: 'A manager is entered on an asynchronous stack, and nothing awaits that.' },
  'exception-swallowed': { group: 'managers', tier: 'potential', summary: 'An exit returns a boolean by accident, and `true` suppresses the failure.' },
  'using-at-wrong-scope': { group: 'using', tier: 'definite', summary: 'A `using` of the module is used by what the module exports, or stands in a bare `case`.' },
  'invalid-dispose-member': { group: 'using', tier: 'definite', summary: 'A dispose member does its work where nobody waits for it.' },
  'pool-client-misuse': { group: 'concurrency', tier: 'potential', summary: 'What a pool lends is used after it was given back, a second one is asked for while the first is held, or a transaction is begun on the pool itself.' },
  'stream-not-destroyed': { group: 'concurrency', tier: 'potential', summary: 'A piped stream stays open when the stream at the other end fails.' },
  'iterator-not-closed': { group: 'concurrency', tier: 'potential', summary: 'A generator that has cleanup is stepped by hand and never closed.' },
  'child-not-terminated': { group: 'concurrency', tier: 'potential', summary: 'A worker, child process, server or connection that is made for one answer is never ended.' },
  'race-timer-leak': { group: 'concurrency', tier: 'potential', summary: 'The timer of a race or a deadline runs on when the other side has won.' },
  'wrong-release': { group: 'local', tier: 'definite', summary: 'A method is called that does not release this resource, in place of the one that does.' },
  'unawaited-release': { group: 'local', tier: 'definite', summary: 'An asynchronous release is neither awaited nor returned.' },
  'abort-listener-leak': { group: 'events', tier: 'potential', summary: 'A listener stays on the caller\'s AbortSignal when the work that it was for is done.' },
  'event-path-leak': { group: 'events', tier: 'definite', summary: 'What a promise waits with is released on one outcome and forgotten on another.' },
  'effect-missing-cleanup': { group: 'hosts', tier: 'definite', summary: 'An effect of a component begins what goes on after it, and no cleanup ends it.' },
  'effect-cleanup-not-on-every-path': { group: 'hosts', tier: 'potential', summary: 'An effect of a component returns its cleanup on one path and not on another.' },
  'sibling-not-registered': { group: 'events', tier: 'definite', summary: 'The result of a call is dropped where those of its siblings are kept to be disposed of.' },
  'vscode-not-registered': { group: 'hosts', tier: 'definite', summary: 'A Disposable of VS Code is dropped where others are registered, or by an object that has an end, or is forgotten after one use.' },
  'subscription-dropped': { group: 'events', tier: 'potential', summary: 'An object that is disposed of drops what would end its subscription to one that lives on.' },
  'redundant-release': { group: 'using', tier: 'hint', style: true, summary: 'A release by hand right before the scope releases the same.' },
  'prefer-using': { group: 'using', tier: 'hint', style: true, summary: 'A correct `try` and `finally` that `using` would say shorter.' },
  'object-url-not-revoked': { group: 'events', tier: 'potential', summary: 'An object URL is shown, and nothing revokes it.' },
  'listener-identity-mismatch': { group: 'events', tier: 'definite', summary: 'A listener is taken off by a function that is not the one that was added, and stays.' },
  'sibling-not-removed': { group: 'events', tier: 'definite', summary: 'One of several listeners on a target stays where the others are taken off.' },
  'listener-not-removed': { group: 'events', tier: 'potential', summary: 'An object that has an end leaves a listener on the page, the process or what many share.' },
  'interval-not-cleared': { group: 'events', tier: 'potential', summary: 'An object that has an end starts an interval that nothing in its class stops.' },
  'member-not-released': { group: 'ownership', tier: 'potential', summary: 'A class forgets, when it ends, one of the fields for which it made what has to be released.' },
} as const satisfies Record<string, RuleMeta>;

export type RuleId = keyof typeof RULES;

/** Rules on how correct code could be written. */
export function isStyle(rule: RuleId): boolean {
  const meta: RuleMeta = RULES[rule];
  return meta.style === true;
}

export const RULE_IDS = Object.keys(RULES) as readonly RuleId[];
