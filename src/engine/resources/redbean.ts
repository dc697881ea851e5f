import type { LibraryModel } from './model';

/** `begin` gives an ORM of its own that speaks within the transaction; `transaction(work)` ends it by itself. */
export const redbean: LibraryModel = {
  library: 'redbean-node',
  modules: ['redbean-node'],
  resources: [
    {
      id: 'redbean.transaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      acquires: [{ call: 'RedBeanNode#begin', async: true }, { call: 'R.begin', async: true }],
      releases: [{ method: 'commit', async: true }, { method: 'rollback', async: true }],
      prefer: 'await R.transaction(async (trx) => { ... })',
    },
  ],
};
