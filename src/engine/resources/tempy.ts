import { REMOVALS } from './files/temporary';
import type { LibraryModel, ResourceModel } from './model';

const temporary: Pick<ResourceModel, 'family' | 'lifetime' | 'value' | 'releases'> = { family: 'temporary', lifetime: 'scoped', value: 'path', releases: REMOVALS };

/** tempy removes only what its `...Task` forms made, when their callback is done; nothing at exit. `temporaryFile` gives a path and makes no file. */
export const tempy: LibraryModel = {
  library: 'tempy',
  modules: ['tempy'],
  resources: [
    {
      id: 'tempy.directory',
      noun: 'temporary directory',
      acquires: [{ call: 'temporaryDirectory' }],
      prefer: 'await temporaryDirectoryTask(async (directory) => { ... })',
      ...temporary,
    },
    {
      id: 'tempy.write',
      noun: 'temporary file',
      acquires: [{ call: 'temporaryWrite', async: true }, { call: 'temporaryWriteSync' }],
      prefer: 'await temporaryWriteTask(content, async (file) => { ... })',
      ...temporary,
    },
  ],
};
