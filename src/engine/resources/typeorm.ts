import type { LibraryModel } from './model';

/** TypeORM: query runners hold a connection of the pool from their first query on, transactions hold the query runner. */
export const typeorm: LibraryModel = {
  library: 'typeorm',
  modules: ['typeorm'],
  resources: [
    {
      id: 'typeorm.QueryRunner',
      noun: 'query runner',
      family: 'connection',
      lifetime: 'scoped',
      types: ['QueryRunner'],
      acquires: [
        { call: 'DataSource#createQueryRunner', guess: '.' },
        { call: 'Connection#createQueryRunner' },
        { call: 'Driver#createQueryRunner' },
      ],
      releases: [{ method: 'release', async: true }],
      leadsBack: { from: ['manager'], by: ['queryRunner'] },
      disposable: { symbol: 'asyncDispose', since: 'typeorm 1.0.0' },
      prefer: 'await dataSource.transaction(async (manager) => { ... })',
    },
    {
      id: 'typeorm.transaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      acquires: [{ call: 'QueryRunner#startTransaction', async: true, holder: { in: 'receiver' }, guess: '(queryRunner|runner|qr)$' }],
      releases: [
        { method: 'commitTransaction', async: true },
        { method: 'rollbackTransaction', async: true },
      ],
      prefer: 'await dataSource.transaction(async (manager) => { ... })',
    },
    {
      id: 'typeorm.DataSource',
      noun: 'data source',
      family: 'pool',
      lifetime: 'process',
      types: ['DataSource', 'Connection'],
      acquires: [
        { call: 'DataSource#initialize', async: true, holder: { in: 'receiver' } },
        { call: 'DataSource#connect', async: true, holder: { in: 'receiver' } },
        { call: 'createConnection', async: true },
      ],
      releases: [
        { method: 'destroy', async: true },
        { method: 'close', async: true },
      ],
      fluent: ['initialize', 'connect'],
    },
  ],
  // A query builder or entity manager works on the query runner that it is given, and leaves it to its owner.
  effects: [
    { call: 'DataSource#createQueryBuilder', argument: 'any', effect: 'borrow' },
    { call: 'EntityManager#createQueryBuilder', argument: 'any', effect: 'borrow' },
    { call: 'Repository#createQueryBuilder', argument: 1, effect: 'borrow' },
    { call: 'DataSource#createEntityManager', argument: 0, effect: 'borrow' },
    { call: 'DataSource#query', argument: 2, effect: 'borrow' },
    { call: 'MigrationInterface#up', argument: 0, effect: 'borrow' },
    { call: 'MigrationInterface#down', argument: 0, effect: 'borrow' },
    { call: 'SelectQueryBuilder#setQueryRunner', argument: 0, effect: 'borrow' },
  ],
  returns: {
    'new DataSource': 'DataSource',
    'DataSource#initialize': 'DataSource',
    createConnection: 'DataSource',
    getConnection: 'DataSource',
    'DataSource#createQueryRunner': 'QueryRunner',
  },
};
