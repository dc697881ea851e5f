import type { LibraryModel } from './model';

/** postgres.js. `sql.begin(async (sql) => ...)` ends its transaction by itself, and there is no other way to begin one on the pool. */
export const postgres: LibraryModel = {
  library: 'postgres',
  modules: ['postgres'],
  resources: [
    {
      id: 'postgres.Sql',
      noun: 'connection pool',
      family: 'pool',
      lifetime: 'process',
      types: ['Sql'],
      acquires: [{ call: 'default' }],
      releases: [{ method: 'end', async: true }],
    },
    {
      id: 'postgres.ReservedSql',
      noun: 'pool connection',
      family: 'connection',
      lifetime: 'scoped',
      types: ['ReservedSql'],
      acquires: [{ call: 'Sql#reserve', async: true, guess: '^(sql|postgres)$' }],
      releases: [{ method: 'release' }],
      prefer: 'await sql.begin(async (sql) => { ... })',
    },
    {
      id: 'postgres.listening',
      noun: 'database subscription',
      family: 'listener',
      lifetime: 'process',
      types: ['ListenMeta'],
      acquires: [{ call: 'Sql#listen', async: true }],
      releases: [{ method: 'unlisten', async: true }],
    },
    {
      id: 'postgres.replication',
      noun: 'database subscription',
      family: 'listener',
      lifetime: 'process',
      types: ['SubscriptionHandle'],
      acquires: [{ call: 'Sql#subscribe', async: true }],
      releases: [{ method: 'unsubscribe' }],
    },
  ],
};
