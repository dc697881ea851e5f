import type { LibraryModel } from './model';

/** What makes a client, the type that it says it gives, and the class behind that, which types show. */
const CLIENTS = [
  { factory: 'createClient', type: 'RedisClientType', class: 'RedisClient' },
  { factory: 'createClientPool', type: 'RedisClientPoolType', class: 'RedisClientPool' },
  { factory: 'createCluster', type: 'RedisClusterType', class: 'RedisCluster' },
  { factory: 'createSentinel', type: 'RedisSentinelType', class: 'RedisSentinel' },
] as const;

/** A client that is only created holds nothing yet: `connect` opens its socket. */
export const redis: LibraryModel = {
  library: 'redis',
  modules: ['redis', '@redis/client'],
  resources: [
    {
      id: 'redis.client',
      noun: 'Redis client',
      family: 'connection',
      lifetime: 'process',
      types: CLIENTS.map(({ type }) => type),
      acquires: CLIENTS.flatMap((client) => [client.type, client.class].map((name) => ({ call: `${name}#connect`, async: true, holder: { in: 'receiver' } as const }))),
      releases: [
        { method: 'close', async: true },
        { method: 'quit', async: true },
        { method: 'QUIT', async: true },
        { method: 'disconnect', async: true },
        { method: 'destroy' },
        { method: 'destroy', async: true },
      ],
      fluent: ['connect'],
      ended: ['end'],
    },
  ],
  returns: {
    ...Object.fromEntries(CLIENTS.map(({ factory, type }) => [factory, type])),
    'RedisClientType#duplicate': 'RedisClientType',
  },
};
