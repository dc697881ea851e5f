import type { LibraryModel } from './model';

/** A queue whose `wait` lets one in at a time, until it says `shift`. */
export const asyncQueue: LibraryModel = {
  library: '@sapphire/async-queue',
  modules: ['@sapphire/async-queue'],
  resources: [
    {
      id: 'async-queue.turn',
      noun: 'turn in a queue',
      family: 'lock',
      lifetime: 'scoped',
      acquires: [{ call: 'AsyncQueue#wait', async: true, holder: { in: 'receiver' } }],
      // `abortAll` ends those that wait, not the one whose turn it is.
      releases: [{ method: 'shift' }],
    },
  ],
  returns: { 'new AsyncQueue': 'AsyncQueue' },
};
