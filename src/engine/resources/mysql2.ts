import type { Acquire, LibraryModel, Predicate, ResourceModel } from './model';
import { BEGINS, ENDS } from './pg';

const noCallback: readonly Predicate[] = [{ argument: -1, is: 'function', not: true, otherwise: true }];

const CALLBACKS = ['mysql2', 'mysql'];
const PROMISES = ['mysql2/promise'];
const of = (modules: readonly string[], ...names: readonly string[]): readonly Acquire[] => modules.flatMap((module) => names.map((name) => ({ call: `${module}:${name}` })));

const pool: Pick<ResourceModel, 'noun' | 'family' | 'lifetime'> = { noun: 'connection pool', family: 'pool', lifetime: 'process' };
const connection: Pick<ResourceModel, 'noun' | 'family' | 'lifetime'> = { noun: 'database connection', family: 'connection', lifetime: 'scoped' };

/** Gives the same with promises, which is ended in its place. */
const PROMISED = ['promise'];

/** A `connectionPool` is too often a client's own, which lends what it keeps. */
const POOL = '(^|[^n])pool$';

/** mysql2 with callbacks and with promises, and mysql, whose shape it has. */
export const mysql2: LibraryModel = {
  library: 'mysql2',
  modules: ['mysql2', 'mysql2/promise', 'mysql'],
  resources: [
    { id: 'mysql2.Pool', types: ['Pool', 'PoolCluster'], acquires: of(CALLBACKS, 'createPool', 'createPoolCluster'), releases: [{ method: 'end' }], fluent: PROMISED, ...pool },
    { id: 'mysql2.promisePool', acquires: of(PROMISES, 'createPool', 'createPoolCluster'), releases: [{ method: 'end', async: true }], ...pool },
    {
      id: 'mysql2.PoolConnection',
      noun: 'pool connection',
      family: 'connection',
      lifetime: 'scoped',
      types: ['PoolConnection'],
      acquires: [
        ...['Pool', 'PoolCluster', 'PoolNamespace'].map((type) => ({ call: `${type}#getConnection`, async: true, when: noCallback, ...(type === 'Pool' ? { guess: POOL } : {}) })),
        { call: 'Pool#getConnection', holder: { in: 'callback', parameter: 1, error: 0 }, guess: POOL },
      ],
      releases: [{ method: 'release' }, { method: 'destroy' }, { method: 'releaseConnection', on: 'receiver', argument: 0 }],
      wrong: [{ method: 'end', instead: 'release', because: 'it closes the connection where the pool wants it back' }],
    },
    { id: 'mysql2.Connection', types: ['Connection'], acquires: of(CALLBACKS, 'createConnection'), releases: [{ method: 'end' }, { method: 'destroy' }], fluent: PROMISED, ...connection },
    {
      id: 'mysql2.promiseConnection',
      acquires: of(PROMISES, 'createConnection').map((acquire) => ({ ...acquire, async: true })),
      releases: [{ method: 'end', async: true }, { method: 'destroy' }],
      ...connection,
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
  quiet: ['Pool#promise', 'Connection#promise'],
  returns: { createPool: 'Pool', 'Pool#promise': 'Pool', 'Connection#promise': 'Connection' },
};
