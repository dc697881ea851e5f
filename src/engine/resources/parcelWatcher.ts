import type { LibraryModel } from './model';

export const parcelWatcher: LibraryModel = {
  library: '@parcel/watcher',
  modules: ['@parcel/watcher'],
  resources: [
    {
      id: 'parcel-watcher.AsyncSubscription',
      noun: 'file watcher',
      family: 'watcher',
      lifetime: 'process',
      types: ['AsyncSubscription'],
      acquires: [{ call: 'subscribe', async: true }],
      releases: [
        { method: 'unsubscribe', async: true },
        { function: 'unsubscribe', key: 0, async: true },
      ],
    },
  ],
};
