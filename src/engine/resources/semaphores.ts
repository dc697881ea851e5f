import type { LibraryModel, ResourceModel } from './model';

/** What is taken is a permit of the receiver's, and is given back to it; a token that `acquire` gives stands for nothing by itself. */
const permit: Pick<ResourceModel, 'family' | 'lifetime'> = { family: 'lock', lifetime: 'scoped' };

/** `RateLimit` only waits: what it gives holds nothing. */
export const asyncSema: LibraryModel = {
  library: 'async-sema',
  modules: ['async-sema'],
  resources: [
    {
      id: 'async-sema.Sema',
      noun: 'semaphore permit',
      acquires: [{ call: 'Sema#acquire', async: true, holder: { in: 'receiver' } }],
      releases: [{ method: 'release' }],
      ...permit,
    },
  ],
  returns: { 'new Sema': 'Sema' },
};

export const semaphoreAsyncAwait: LibraryModel = {
  library: 'semaphore-async-await',
  modules: ['semaphore-async-await'],
  resources: [
    {
      id: 'semaphore-async-await.Semaphore',
      noun: 'semaphore permit',
      // With a limit of time (`waitFor`), or without waiting (`tryAcquire`), there may be no permit: what they give says so.
      acquires: ['Semaphore#acquire', 'Semaphore#wait', 'Lock#acquire', 'Lock#wait'].map((call) => ({ call, async: true, holder: { in: 'receiver' } })),
      releases: [{ method: 'release' }, { method: 'signal' }],
      prefer: 'await semaphore.execute(async () => { ... })',
      ...permit,
    },
  ],
  returns: { 'new default': 'Semaphore', 'new Lock': 'Lock' },
};
