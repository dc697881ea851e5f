import type { LibraryModel } from './model';

const CLASSES = ['Queue', 'Worker', 'QueueEvents', 'FlowProducer'];

/** Each has a connection to Redis of its own, or shares one that it was given. */
export const bullmq: LibraryModel = {
  library: 'bullmq',
  modules: ['bullmq'],
  resources: [
    {
      id: 'bullmq.client',
      noun: 'queue client',
      family: 'connection',
      lifetime: 'process',
      types: CLASSES,
      acquires: CLASSES.map((name) => ({ call: `new ${name}` })),
      releases: [{ method: 'close', async: true }, { method: 'disconnect', async: true }],
      ended: ['closed'],
    },
  ],
  returns: Object.fromEntries(CLASSES.map((name) => [`new ${name}`, name])),
};
