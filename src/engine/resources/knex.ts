import type { LibraryModel, Predicate } from './model';

/** Given a function, knex runs it in the transaction and ends it by itself. */
const withoutWork: readonly Predicate[] = [{ argument: 0, is: 'function', not: true, otherwise: false }];

export const knex: LibraryModel = {
  library: 'knex',
  modules: ['knex'],
  resources: [
    {
      id: 'knex.Knex',
      noun: 'connection pool',
      family: 'pool',
      lifetime: 'process',
      types: ['Knex'],
      acquires: [{ call: 'default' }, { call: 'knex' }],
      releases: [{ method: 'destroy', async: true }],
    },
    {
      id: 'knex.Transaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      types: ['Knex.Transaction'],
      acquires: [{ call: 'Knex#transaction', async: true, when: withoutWork, guess: 'knex$' }],
      releases: [{ method: 'commit', async: true }, { method: 'rollback', async: true }],
      prefer: 'await knex.transaction(async (trx) => { ... })',
    },
  ],
  quiet: ['Knex.Transaction#isCompleted'],
  effects: [{ call: 'Knex.ChainableInterface#transacting', argument: 0, effect: 'borrow' }],
};
