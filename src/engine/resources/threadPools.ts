import type { LibraryModel, Release } from './model';

const destroy: Release = { method: 'destroy', async: true };

export const piscina: LibraryModel = {
  library: 'piscina',
  modules: ['piscina'],
  resources: [
    {
      id: 'piscina.Piscina',
      noun: 'pool of worker threads',
      family: 'pool',
      lifetime: 'process',
      types: ['Piscina'],
      acquires: [{ call: 'new Piscina' }, { call: 'new default' }],
      releases: [destroy, { method: 'close', async: true }],
    },
  ],
};

export const tinypool: LibraryModel = {
  library: 'tinypool',
  modules: ['tinypool'],
  resources: [
    {
      id: 'tinypool.Tinypool',
      noun: 'pool of worker threads',
      family: 'pool',
      lifetime: 'process',
      types: ['Tinypool'],
      acquires: [{ call: 'new Tinypool' }, { call: 'new default' }],
      releases: [destroy],
    },
  ],
};
