import type { LibraryModel } from './model';

const DRIVERS = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'better-sqlite', 'libsql', 'mssql', 'mongodb'];

/** An entity manager that was forked holds nothing by itself; a transaction holds a connection of the pool. */
export const mikroOrm: LibraryModel = {
  library: 'mikro-orm',
  modules: ['@mikro-orm/core', ...DRIVERS.map((driver) => `@mikro-orm/${driver}`)],
  resources: [
    {
      id: 'mikro-orm.MikroORM',
      noun: 'connection pool',
      family: 'pool',
      lifetime: 'process',
      types: ['MikroORM'],
      acquires: [{ call: 'MikroORM.init', async: true }, { call: 'MikroORM.initSync' }],
      releases: [{ method: 'close', async: true }],
    },
    {
      id: 'mikro-orm.transaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      acquires: [{ call: 'EntityManager#begin', async: true, holder: { in: 'receiver' }, guess: '^(em|entityManager)$' }],
      releases: [
        { method: 'commit', async: true },
        { method: 'rollback', async: true },
      ],
      prefer: 'await em.transactional(async (em) => { ... })',
    },
  ],
  returns: { 'MikroORM.init': 'MikroORM', 'MikroORM#em': 'EntityManager', 'EntityManager#fork': 'EntityManager' },
};
