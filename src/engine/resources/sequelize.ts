import type { LibraryModel, Predicate } from './model';

/** Given a function, Sequelize runs it in the transaction and ends it by itself. */
const withoutWork: readonly Predicate[] = [{ argument: -1, is: 'function', not: true, otherwise: true }];

export const sequelize: LibraryModel = {
  library: 'sequelize',
  modules: ['sequelize', 'sequelize-typescript'],
  resources: [
    {
      id: 'sequelize.Sequelize',
      noun: 'connection pool',
      family: 'pool',
      lifetime: 'process',
      types: ['Sequelize'],
      acquires: [{ call: 'new Sequelize' }],
      releases: [{ method: 'close', async: true }],
    },
    {
      id: 'sequelize.Transaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      types: ['Transaction'],
      acquires: [{ call: 'Sequelize#transaction', async: true, when: withoutWork, guess: 'sequelize$' }],
      releases: [
        { method: 'commit', async: true },
        { method: 'rollback', async: true },
      ],
      prefer: 'await sequelize.transaction(async (transaction) => { ... })',
    },
  ],
};
