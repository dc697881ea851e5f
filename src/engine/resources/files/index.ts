import type { LibraryModel } from '../model';
import { descriptors } from './descriptors';
import { fileEffects } from './effects';
import { fileStreams } from './streams';
import { temporaries } from './temporary';
import { watchers } from './watchers';

/** Node's file system, and the packages that put themselves in its place. */
export const fs: LibraryModel = {
  library: 'node:fs',
  modules: ['fs', 'fs-extra', 'graceful-fs'],
  submodules: { 'fs/promises': 'promises' },
  resources: [...descriptors, ...fileStreams, ...watchers, ...temporaries],
  effects: fileEffects,
  // What goes wrong comes as an event.
  quiet: ['WriteStream#write'],
};
