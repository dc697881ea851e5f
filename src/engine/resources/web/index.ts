import type { LibraryModel } from '../model';
import { connections } from './connections';
import { media, mediaEffects } from './media';
import { observers } from './observers';
import { page } from './page';
import { storage } from './storage';

export { webStreams } from './streams';

/** What browsers and Node have without an import. */
export const webPlatform: LibraryModel = {
  library: 'web platform',
  modules: [],
  global: true,
  resources: [...connections, ...observers, ...media, ...storage, ...page],
  effects: mediaEffects,
  // What cannot be copied is a mistake of the code, seen at its first run.
  quiet: ['postMessage', ...['Window', 'Worker', 'ServiceWorker', 'MessagePort', 'BroadcastChannel'].map((type) => `${type}#postMessage`), 'AudioData#copyTo'],
};
