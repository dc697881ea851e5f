import type { LibraryModel, Predicate, ResourceModel } from './model';
import { BEGINS, ENDS } from './pg';

const begins: readonly Predicate[] = [{ argument: 0, matches: BEGINS }];
const ends: readonly Predicate[] = [{ argument: 0, matches: ENDS }];

/** Both have a connection that runs SQL at once, transactions by `exec`, and statements that walk their rows. */
function embedded(library: string, database: string, statement: string): ResourceModel[] {
  return [
    {
      id: `${library}.transaction`,
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      acquires: [{ call: `${database}#exec`, holder: { in: 'receiver' }, when: begins, guess: '(^|[^a-z])(db|database|sqlite)$' }],
      releases: [{ method: 'exec', when: ends }, { method: 'close' }],
    },
    {
      // The connection is busy until the rows are read to the end or the walk is left.
      id: `${library}.rows`,
      noun: 'row iterator',
      family: 'connection',
      lifetime: 'self',
      acquires: [{ call: `${statement}#iterate` }],
      releases: [{ method: 'return' }],
      drained: { method: 'next', flag: 'done' },
      fluent: ['Symbol.iterator'],
      iterated: 'releases',
    },
  ];
}

export const betterSqlite3: LibraryModel = {
  library: 'better-sqlite3',
  modules: ['better-sqlite3'],
  resources: [
    {
      id: 'better-sqlite3.Database',
      noun: 'database',
      family: 'connection',
      lifetime: 'scoped',
      types: ['Database'],
      acquires: [{ call: 'new default' }, { call: 'default' }],
      releases: [{ method: 'close' }],
      leadsBack: { from: ['prepare'], by: ['database'] },
      fluent: ['exec', 'function', 'aggregate', 'loadExtension', 'defaultSafeIntegers', 'unsafeMode'],
    },
    ...embedded('better-sqlite3', 'Database', 'Statement'),
  ],
  returns: { 'new default': 'Database', default: 'Database', 'Database#prepare': 'Statement' },
};

export const nodeSqlite: LibraryModel = {
  library: 'node:sqlite',
  modules: ['sqlite'],
  resources: [
    {
      id: 'node-sqlite.DatabaseSync',
      noun: 'database',
      family: 'connection',
      lifetime: 'scoped',
      types: ['DatabaseSync'],
      acquires: [
        { call: 'new DatabaseSync', when: [{ argument: 1, option: 'open', equals: false, not: true, otherwise: true }] },
        { call: 'DatabaseSync#open', holder: { in: 'receiver' } },
      ],
      releases: [{ method: 'close' }],
      disposable: { symbol: 'dispose', since: 'node 22.15.0, 24.0.0' },
    },
    {
      // Records every change until it is closed, which its database does too.
      id: 'node-sqlite.Session',
      noun: 'change recording',
      family: 'connection',
      lifetime: 'scoped',
      types: ['Session'],
      acquires: [{ call: 'DatabaseSync#createSession' }],
      releases: [{ method: 'close' }, { method: 'close', on: 'receiver', incidental: true }],
      disposable: { symbol: 'dispose', since: 'node 24.9.0' },
      atMost: 'potential',
    },
    ...embedded('node-sqlite', 'DatabaseSync', 'StatementSync').map((resource) =>
      // Its rows are walked by an iterator of the language's own kind.
      resource.iterated ? { ...resource, disposable: { symbol: 'dispose', since: 'node 24.0.0' } as const } : resource,
    ),
  ],
  returns: { 'DatabaseSync#prepare': 'StatementSync' },
};
