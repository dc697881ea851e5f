import type { LibraryModel, ResourceModel } from './model';

/** Sampling goes on, and what was sampled is kept, until somebody stops it. One that is not awaited to its end is no use. */
const profile: Pick<ResourceModel, 'family' | 'lifetime' | 'releases'> = {
  family: 'disposable',
  lifetime: 'scoped',
  releases: [{ method: 'stop' }],
};

export const v8: LibraryModel = {
  library: 'node:v8',
  modules: ['v8'],
  resources: [
    {
      id: 'v8.GCProfiler',
      noun: 'garbage collection profile',
      types: ['GCProfiler'],
      acquires: [{ call: 'GCProfiler#start', holder: { in: 'receiver' } }],
      // Without `stop` nothing is seen of it: a profiler that runs for good is stopped somewhere else.
      ...profile,
      disposable: { symbol: 'dispose', since: 'node 24.21.0, 25.5.0' },
      atMost: 'potential',
    },
    {
      id: 'v8.SyncCPUProfileHandle',
      noun: 'CPU profile',
      types: ['SyncCPUProfileHandle'],
      acquires: [{ call: 'startCpuProfile' }],
      ...profile,
      disposable: { symbol: 'dispose', since: 'node 25.0.0' },
    },
    {
      id: 'v8.SyncHeapProfileHandle',
      noun: 'heap profile',
      types: ['SyncHeapProfileHandle'],
      acquires: [{ call: 'startHeapProfile' }],
      ...profile,
      disposable: { symbol: 'dispose', since: 'node 26.1.0' },
    },
  ],
};
