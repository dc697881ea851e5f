import type { LibraryModel, Predicate } from './model';

const noCallback: readonly Predicate[] = [{ argument: 0, is: 'absent' }];

/** What begins and what ends a transaction in SQL; going back to a savepoint ends nothing. */
export const BEGINS = '^\\s*(begin|start\\s+transaction)\\b';
export const ENDS = '^\\s*(commit|rollback(?!\\s+((work|transaction)\\s+)?to\\b)|end|abort)\\b';

/** node-postgres. */
export const pg: LibraryModel = {
  library: 'pg',
  modules: ['pg', 'pg-pool'],
  resources: [
    {
      id: 'pg.Pool',
      noun: 'connection pool',
      family: 'pool',
      lifetime: 'process',
      types: ['Pool'],
      acquires: [{ call: 'new Pool' }, { call: 'pg-pool:new default' }],
      releases: [{ method: 'end', async: true, when: noCallback }, { method: 'end' }],
    },
    {
      id: 'pg.PoolClient',
      noun: 'pool client',
      family: 'connection',
      lifetime: 'scoped',
      types: ['PoolClient'],
      acquires: [
        { call: 'Pool#connect', async: true, when: noCallback, guess: 'pool$' },
        { call: 'Pool#connect', holder: { in: 'callback', parameter: 1, error: 0 }, guess: 'pool$' },
      ],
      releases: [{ method: 'release' }, { parameter: 2 }],
      wrong: [{ method: 'end', instead: 'release', because: 'it closes the connection behind the pool, which goes on counting the client as taken' }],
    },
    {
      id: 'pg.Client',
      noun: 'database client',
      family: 'connection',
      lifetime: 'scoped',
      types: ['Client'],
      // A client that never connected, or failed to, holds nothing: the obligation is its connect's.
      acquires: [
        { call: 'Client#connect', async: true, holder: { in: 'receiver' }, when: noCallback },
        { call: 'Client#connect', holder: { in: 'receiver' }, when: [{ argument: 0, is: 'present' }] },
      ],
      releases: [{ method: 'end', async: true, when: noCallback }, { method: 'end' }],
      ended: ['end'],
    },
    {
      id: 'pg.transaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      acquires: [
        { call: 'ClientBase#query', async: true, holder: { in: 'receiver' }, when: [{ argument: 0, matches: BEGINS }], guess: '.' },
        { call: 'Client#query', async: true, holder: { in: 'receiver' }, when: [{ argument: 0, matches: BEGINS }] },
        { call: 'PoolClient#query', async: true, holder: { in: 'receiver' }, when: [{ argument: 0, matches: BEGINS }] },
      ],
      releases: [
        { method: 'query', async: true, when: [{ argument: 0, matches: ENDS }] },
        // The server rolls back when the connection goes: at `end`, and at `release` with an error or `true`.
        { method: 'end' },
        { method: 'release', when: [{ argument: 0, is: 'present' }] },
      ],
    },
  ],
  // A cursor or query stream is handed in and handed back.
  effects: ['ClientBase#query', 'Client#query', 'PoolClient#query', 'Pool#query'].map((call) => ({ call, argument: 0, effect: 'alias' })),
  returns: { 'new Client': 'Client', 'Pool#connect': 'PoolClient' },
};

/** Cursors and query streams, which hold a portal of the server until they are read to the end or closed. */
export const pgCursors: readonly LibraryModel[] = [
  {
    library: 'pg-cursor',
    modules: ['pg-cursor'],
    resources: [
      {
        id: 'pg-cursor.Cursor',
        noun: 'database cursor',
        family: 'connection',
        lifetime: 'self',
        types: ['Cursor'],
        acquires: [{ call: 'new default' }],
        releases: [{ method: 'close', async: true, when: noCallback }, { method: 'close' }],
        ended: ['end', 'error'],
      },
    ],
  },
  {
    library: 'pg-query-stream',
    modules: ['pg-query-stream'],
    resources: [
      {
        id: 'pg-query-stream.QueryStream',
        noun: 'query stream',
        family: 'stream',
        lifetime: 'self',
        types: ['QueryStream'],
        acquires: [{ call: 'new default' }],
        releases: [{ method: 'destroy' }],
        settles: ['pipe', 'resume', 'toArray', 'forEach'],
        iterated: 'releases',
        outcomes: [['close'], ['end', 'error']],
        ended: ['end', 'error', 'close'],
        disposable: { symbol: 'asyncDispose', since: 'node 18.18.0, 20.4.0' },
      },
    ],
  },
];
