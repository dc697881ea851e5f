import type { LibraryModel } from './model';

/** Kysely's `transaction()` and `connection()` run what they are given; only a controlled transaction is ended by hand. */
export const kysely: LibraryModel = {
  library: 'kysely',
  modules: ['kysely'],
  resources: [
    {
      id: 'kysely.Kysely',
      noun: 'database client',
      family: 'connection',
      lifetime: 'process',
      types: ['Kysely'],
      acquires: [{ call: 'new Kysely' }],
      releases: [{ method: 'destroy', async: true }],
      disposable: { symbol: 'asyncDispose', since: 'kysely 0.28.0' },
    },
    {
      id: 'kysely.ControlledTransaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      types: ['ControlledTransaction'],
      acquires: [{ call: 'ControlledTransactionBuilder#execute', async: true }],
      // Both give a command, which its `execute` runs.
      releases: [{ method: 'commit' }, { method: 'rollback' }],
      prefer: 'await db.transaction().execute(async (trx) => { ... })',
    },
  ],
  // A dialect ends the pool or database that it was given when Kysely is destroyed.
  effects: [
    { call: 'new PostgresDialect', argument: 0, option: 'pool', effect: 'transfer' },
    { call: 'new MysqlDialect', argument: 0, option: 'pool', effect: 'transfer' },
    { call: 'new SqliteDialect', argument: 0, option: 'database', effect: 'transfer' },
  ],
  returns: {
    'new Kysely': 'Kysely',
    'Kysely#startTransaction': 'ControlledTransactionBuilder',
    'ControlledTransactionBuilder#setIsolationLevel': 'ControlledTransactionBuilder',
    'ControlledTransactionBuilder#setAccessMode': 'ControlledTransactionBuilder',
  },
};
