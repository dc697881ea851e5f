import type { LibraryModel, Predicate, Release } from './model';

/** Other libraries' `acquire` may take the work itself; they release by themselves then. */
const withoutWork: readonly Predicate[] = [{ argument: -1, is: 'function', not: true, otherwise: true }];

/** What `acquire` gives is a function that releases; `release()` on the lock itself does the same. */
const releases: readonly Release[] = [{ call: true }, { method: 'release', on: 'receiver' }];

export const asyncMutex: LibraryModel = {
  library: 'async-mutex',
  modules: ['async-mutex'],
  resources: [
    {
      id: 'async-mutex.Mutex',
      noun: 'mutex',
      family: 'lock',
      lifetime: 'scoped',
      value: 'function',
      acquires: [
        { call: 'MutexInterface#acquire', async: true, when: withoutWork, guess: '(mutex|(^|[^d])lock)$' },
        { call: 'Mutex#acquire', async: true },
      ],
      releases,
      prefer: 'await mutex.runExclusive(async () => { ... })',
    },
    {
      id: 'async-mutex.Semaphore',
      noun: 'semaphore permit',
      family: 'lock',
      lifetime: 'scoped',
      value: 'function',
      acquires: [
        { call: 'SemaphoreInterface#acquire', async: true, holder: { in: 'member', name: '1' }, when: withoutWork, guess: '(semaphore|sema?)$' },
        { call: 'Semaphore#acquire', async: true, holder: { in: 'member', name: '1' } },
      ],
      releases,
      prefer: 'await semaphore.runExclusive(async () => { ... })',
    },
  ],
  returns: { 'new Mutex': 'Mutex', 'new Semaphore': 'Semaphore' },
};
