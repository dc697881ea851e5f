import type { LibraryModel } from './model';

/** sqlite3, whose calls wait for those before them: a `close` that is called early still comes last. */
export const sqlite3: LibraryModel = {
  library: 'sqlite3',
  modules: ['sqlite3'],
  resources: [
    {
      id: 'sqlite3.Database',
      noun: 'database',
      family: 'connection',
      lifetime: 'scoped',
      types: ['Database'],
      acquires: [{ call: 'new Database' }],
      releases: [{ method: 'close' }],
      fluent: ['run', 'get', 'all', 'each', 'exec'],
    },
  ],
  quiet: ['run', 'get', 'all', 'each', 'exec', 'prepare', 'serialize', 'parallelize'].map((method) => `Database#${method}`),
  returns: { 'new Database': 'Database' },
};
