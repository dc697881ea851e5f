import type { LibraryModel } from './model';

const CLIENTS = ['Producer', 'Consumer', 'Admin'];

/** A producer, consumer or admin that is only made holds nothing yet: `connect` opens its sockets. */
export const kafkajs: LibraryModel = {
  library: 'kafkajs',
  modules: ['kafkajs'],
  resources: [
    {
      id: 'kafkajs.client',
      noun: 'Kafka client',
      family: 'connection',
      lifetime: 'process',
      types: CLIENTS,
      acquires: CLIENTS.map((type) => ({ call: `${type}#connect`, async: true, holder: { in: 'receiver' } })),
      releases: [{ method: 'disconnect', async: true }],
    },
    {
      id: 'kafkajs.Transaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      types: ['Transaction'],
      acquires: [{ call: 'Producer#transaction', async: true, guess: 'producer$' }],
      releases: [{ method: 'commit', async: true }, { method: 'abort', async: true }],
    },
  ],
  returns: { 'new Kafka': 'Kafka', 'Kafka#producer': 'Producer', 'Kafka#consumer': 'Consumer', 'Kafka#admin': 'Admin' },
};
