import type { LibraryModel } from './model';

/** Pools of whatever their users put into them: what is taken goes back by the pool, not by itself. */
export const genericPool: LibraryModel = {
  library: 'generic-pool',
  modules: ['generic-pool'],
  resources: [
    {
      id: 'generic-pool.Pool',
      noun: 'resource pool',
      family: 'pool',
      lifetime: 'process',
      types: ['Pool'],
      acquires: [{ call: 'createPool' }],
      releases: [
        { method: 'drain', async: true },
        { method: 'clear', async: true },
      ],
    },
    {
      id: 'generic-pool.resource',
      noun: 'pooled resource',
      family: 'pool',
      lifetime: 'scoped',
      // Version 2 gave the resource to a callback, and no promise.
      acquires: [{ call: 'Pool#acquire', async: true, when: [{ argument: 0, is: 'function', not: true, otherwise: true }] }],
      releases: [
        { method: 'release', on: 'receiver', argument: 0, async: true },
        { method: 'destroy', on: 'receiver', argument: 0, async: true },
      ],
      prefer: 'await pool.use(async (resource) => { ... })',
    },
  ],
};

export const tarn: LibraryModel = {
  library: 'tarn',
  modules: ['tarn'],
  resources: [
    {
      id: 'tarn.Pool',
      noun: 'resource pool',
      family: 'pool',
      lifetime: 'process',
      types: ['Pool'],
      acquires: [{ call: 'new Pool' }],
      releases: [{ method: 'destroy', async: true }],
    },
    {
      id: 'tarn.resource',
      noun: 'pooled resource',
      family: 'pool',
      lifetime: 'scoped',
      acquires: [{ call: 'Pool#acquire', holder: { in: 'member', name: 'promise' } }],
      releases: [{ method: 'release', on: 'receiver', argument: 0 }],
    },
  ],
};
