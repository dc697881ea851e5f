import type { LibraryModel } from './model';

/** Of version 2 in one package, of version 3 in several with the same names. */
export const nats: LibraryModel = {
  library: 'nats',
  modules: ['nats', '@nats-io/nats-core', '@nats-io/transport-node'],
  resources: [
    {
      id: 'nats.NatsConnection',
      noun: 'NATS connection',
      family: 'connection',
      lifetime: 'process',
      types: ['NatsConnection'],
      acquires: [{ call: 'connect', async: true }],
      releases: [{ method: 'drain', async: true }, { method: 'close', async: true }],
    },
    {
      // It ends with its connection.
      id: 'nats.Subscription',
      noun: 'subscription',
      family: 'listener',
      lifetime: 'process',
      types: ['Subscription'],
      acquires: [{ call: 'NatsConnection#subscribe' }],
      releases: [
        { method: 'unsubscribe' },
        { method: 'drain', async: true },
        { method: 'drain', async: true, on: 'receiver', incidental: true },
        { method: 'close', async: true, on: 'receiver', incidental: true },
      ],
      iterated: 'releases',
      atMost: 'potential',
    },
  ],
};
