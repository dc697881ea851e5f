import type { LibraryModel } from './model';

export const ioredis: LibraryModel = {
  library: 'ioredis',
  modules: ['ioredis'],
  resources: [
    {
      id: 'ioredis.Redis',
      noun: 'Redis client',
      family: 'connection',
      lifetime: 'process',
      types: ['Redis', 'Cluster'],
      acquires: [{ call: 'new default' }, { call: 'new Redis' }, { call: 'new Cluster' }, { call: 'Redis#duplicate' }],
      releases: [{ method: 'quit', async: true }, { method: 'disconnect' }],
      outcomes: [['end']],
      ended: ['end'],
    },
  ],
};
