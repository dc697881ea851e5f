import type { LibraryModel } from './model';

export const chokidar: LibraryModel = {
  library: 'chokidar',
  modules: ['chokidar'],
  resources: [
    {
      id: 'chokidar.FSWatcher',
      noun: 'file watcher',
      family: 'watcher',
      lifetime: 'process',
      types: ['FSWatcher'],
      acquires: [{ call: 'watch', guess: '^chokidar$' }, { call: 'new FSWatcher' }],
      releases: [{ method: 'close', async: true }],
      fluent: ['add', 'unwatch'],
    },
  ],
};
