import type { LibraryModel, Predicate } from './model';
import { BEGINS, ENDS } from './pg';

const noCallback: readonly Predicate[] = [{ argument: -1, is: 'function', not: true, otherwise: true }];

/** mysql2 with callbacks and with promises, and mysql, whose shape it has. */
export const mysql2: LibraryModel = {
  library: 'mysql2',
  modules: ['mysql2', 'mysql2/promise', 'mysql'],
  resources: [
    {
      id: 'mysql2.Pool',
      noun: 'connection pool',
      family: 'pool',
      lifetime: 'process',
      types: ['Pool', 'PoolCluster'],
      acquires: [{ call: 'createPool' }, { call: 'createPoolCluster' }],
      releases: [{ method: 'end', async: true, when: [{ argument: 0, is: 'absent' }] }, { method: 'end' }],
    },
    {
      id: 'mysql2.PoolConnection',
      noun: 'pool connection',
      family: 'connection',
      lifetime: 'scoped',
      types: ['PoolConnection'],
      acquires: [
        ...['Pool', 'PoolCluster', 'PoolNamespace'].map((type) => ({ call: `${type}#getConnection`, async: true, when: noCallback, ...(type === 'Pool' ? { guess: 'pool$' } : {}) })),
        { call: 'Pool#getConnection', holder: { in: 'callback', parameter: 1, error: 0 }, guess: 'pool$' },
      ],
      releases: [{ method: 'release' }, { method: 'destroy' }, { method: 'releaseConnection', on: 'receiver', argument: 0 }],
      wrong: [{ method: 'end', instead: 'release', because: 'it closes the connection where the pool wants it back' }],
    },
    {
      id: 'mysql2.Connection',
      noun: 'database connection',
      family: 'connection',
      lifetime: 'scoped',
      types: ['Connection'],
      acquires: [{ call: 'mysql2/promise:createConnection', async: true }, { call: 'mysql2:createConnection' }, { call: 'mysql:createConnection' }],
      releases: [{ method: 'end', async: true, when: [{ argument: 0, is: 'absent' }] }, { method: 'end' }, { method: 'destroy' }],
    },
    {
      id: 'mysql2.transaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      acquires: [
        { call: 'Connection#beginTransaction', async: true, holder: { in: 'receiver' }, when: noCallback, guess: '(connection|conn)$' },
        { call: 'PoolConnection#beginTransaction', async: true, holder: { in: 'receiver' }, when: noCallback },
        ...['Connection', 'PoolConnection'].flatMap((type) =>
          ['query', 'execute'].map((method) => ({ call: `${type}#${method}`, async: true, holder: { in: 'receiver' } as const, when: [...noCallback, { argument: 0, matches: BEGINS }] })),
        ),
      ],
      releases: [
        { method: 'commit', async: true },
        { method: 'rollback', async: true },
        ...['query', 'execute'].map((method) => ({ method, async: true, when: [{ argument: 0, matches: ENDS }] })),
        { method: 'destroy' },
        { method: 'end' },
      ],
    },
  ],
  returns: { createPool: 'Pool', 'Pool#promise': 'Pool', 'Connection#promise': 'Connection' },
};
