import type { LibraryModel } from './model';

/** File locks: `lock` gives the function that unlocks; `unlock` with the same file does the same. */
export const properLockfile: LibraryModel = {
  library: 'proper-lockfile',
  modules: ['proper-lockfile'],
  resources: [
    {
      id: 'proper-lockfile.lock',
      noun: 'file lock',
      family: 'lock',
      lifetime: 'scoped',
      value: 'function',
      acquires: [{ call: 'lock', async: true, guess: '^(properL|l)ockfile$' }],
      releases: [{ call: true, async: true }, { function: 'unlock', key: 0, async: true }, { function: 'unlockSync', key: 0 }],
    },
    {
      id: 'proper-lockfile.lockSync',
      noun: 'file lock',
      family: 'lock',
      lifetime: 'scoped',
      value: 'function',
      acquires: [{ call: 'lockSync', guess: '^(properL|l)ockfile$' }],
      releases: [{ call: true }, { function: 'unlockSync', key: 0 }, { function: 'unlock', key: 0, async: true }],
    },
  ],
};
