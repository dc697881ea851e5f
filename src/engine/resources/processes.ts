import type { CallEffect, LibraryModel, ResourceModel } from './model';

/** Sampling in another thread goes on until it is stopped, or that thread ends. */
const threadProfile: Pick<ResourceModel, 'family' | 'lifetime' | 'releases'> = {
  family: 'disposable',
  lifetime: 'scoped',
  releases: [
    { method: 'stop', async: true },
    { method: 'terminate', async: true, on: 'receiver', incidental: true },
  ],
};

/** What a child is given to read from and write to is given as a copy: the parent's own must still be closed. */
const stdioStays: readonly CallEffect[] = ['spawn', 'fork', 'spawnSync', 'execFileSync'].flatMap((call) =>
  [1, 2].map((argument): CallEffect => ({ call, argument, option: 'stdio', effect: 'borrow' })),
);

export const childProcess: LibraryModel = {
  library: 'node:child_process',
  modules: ['child_process'],
  resources: [
    {
      id: 'child_process.ChildProcess',
      noun: 'child process',
      family: 'process',
      lifetime: 'process',
      types: ['ChildProcess'],
      acquires: [{ call: 'spawn' }, { call: 'fork' }, { call: 'exec' }, { call: 'execFile' }],
      releases: [{ method: 'kill' }, { method: 'disconnect' }],
      settles: ['unref'],
      outcomes: [['close'], ['exit', 'error']],
      ended: ['exit', 'close', 'error'],
      disposable: { symbol: 'dispose', since: 'node 18.18.0, 20.5.0' },
    },
  ],
  effects: stdioStays,
};

export const workerThreads: LibraryModel = {
  library: 'node:worker_threads',
  modules: ['worker_threads'],
  resources: [
    {
      id: 'worker_threads.Worker',
      noun: 'worker',
      family: 'worker',
      lifetime: 'process',
      types: ['Worker'],
      acquires: [{ call: 'new Worker' }],
      releases: [{ method: 'terminate', async: true }],
      settles: ['unref'],
      outcomes: [['exit']],
      ended: ['exit', 'error'],
      disposable: { symbol: 'asyncDispose', since: 'node 22.18.0, 24.2.0' },
    },
    {
      // Closing either port closes both; the second commonly goes to the other side.
      id: 'worker_threads.MessageChannel',
      noun: 'message port',
      family: 'worker',
      lifetime: 'process',
      types: ['MessagePort'],
      acquires: [{ call: 'new MessageChannel', holder: { in: 'member', name: 'port1' } }],
      releases: [{ method: 'close' }],
      settles: ['unref'],
      ended: ['close'],
    },
    {
      id: 'worker_threads.BroadcastChannel',
      noun: 'broadcast channel',
      family: 'worker',
      lifetime: 'process',
      types: ['BroadcastChannel'],
      acquires: [{ call: 'new BroadcastChannel' }],
      releases: [{ method: 'close' }],
      settles: ['unref'],
    },
    {
      id: 'worker_threads.CPUProfileHandle',
      noun: 'CPU profile',
      acquires: [{ call: 'Worker#startCpuProfile', async: true }],
      ...threadProfile,
      disposable: { symbol: 'asyncDispose', since: 'node 24.8.0' },
    },
    {
      id: 'worker_threads.HeapProfileHandle',
      noun: 'heap profile',
      acquires: [{ call: 'Worker#startHeapProfile', async: true }],
      ...threadProfile,
      disposable: { symbol: 'asyncDispose', since: 'node 24.9.0' },
    },
  ],
  effects: ['Worker#postMessage', 'MessagePort#postMessage'].map((call) => ({ call, argument: 1, effect: 'transfer' })),
};

export const cluster: LibraryModel = {
  library: 'node:cluster',
  modules: ['cluster'],
  resources: [
    {
      id: 'cluster.Worker',
      noun: 'cluster worker',
      family: 'process',
      lifetime: 'process',
      types: ['Worker'],
      acquires: [{ call: 'default.fork' }, { call: 'fork' }],
      releases: [{ method: 'kill' }, { method: 'destroy' }, { method: 'disconnect' }],
      ended: ['exit', 'disconnect'],
    },
  ],
};
