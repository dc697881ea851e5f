import type { LibraryModel } from './model';

/** Locks in Redis. Each expires by itself after its time, so that one which is never given back only delays the others. */
export const redlock: LibraryModel = {
  library: 'redlock',
  modules: ['redlock'],
  resources: [
    {
      id: 'redlock.Lock',
      noun: 'distributed lock',
      family: 'lock',
      lifetime: 'scoped',
      types: ['Lock'],
      acquires: [{ call: 'Redlock#acquire', async: true, guess: 'redlock$' }],
      releases: [
        { method: 'release', async: true },
        { method: 'release', on: 'receiver', argument: 0, async: true },
      ],
      fluent: ['extend'],
      atMost: 'potential',
      prefer: 'await redlock.using([resource], duration, async (signal) => { ... })',
    },
  ],
  // The lock is the same one, for longer.
  effects: [{ call: 'Redlock#extend', argument: 0, effect: 'alias' }],
  returns: { 'new default': 'Redlock', 'Redlock#acquire': 'Lock' },
};
