import { REMOVALS, removalsOf } from './files/temporary';
import type { LibraryModel, Predicate, ResourceModel } from './model';

/** With `keep` the caller wants it to stay. Without, tmp removes nothing either, unless it was told to clean up at exit. */
const notKept: readonly Predicate[] = [{ argument: 0, option: 'keep', equals: true, not: true, otherwise: true }];

const temporary: Pick<ResourceModel, 'family' | 'lifetime' | 'untilExit'> = { family: 'temporary', lifetime: 'scoped', untilExit: 'setGracefulCleanup' };

const sync = (library: string): readonly ResourceModel[] => [
  {
    id: `${library}.fileSync`,
    noun: 'temporary file',
    acquires: [{ call: 'fileSync', when: notKept, guess: '^tmp$' }],
    releases: [{ method: 'removeCallback' }, ...removalsOf('name')],
    ...temporary,
  },
  {
    id: `${library}.dirSync`,
    noun: 'temporary directory',
    acquires: [{ call: 'dirSync', when: notKept, guess: '^tmp$' }],
    releases: [{ method: 'removeCallback' }, ...removalsOf('name')],
    ...temporary,
  },
];

export const tmp: LibraryModel = {
  library: 'tmp',
  modules: ['tmp'],
  resources: [
    ...sync('tmp'),
    {
      id: 'tmp.file',
      noun: 'temporary file',
      value: 'path',
      acquires: [{ call: 'file', holder: { in: 'callback', parameter: 1, error: 0 }, when: notKept }],
      releases: [{ parameter: 3 }, ...REMOVALS],
      ...temporary,
    },
    {
      id: 'tmp.dir',
      noun: 'temporary directory',
      value: 'path',
      acquires: [{ call: 'dir', holder: { in: 'callback', parameter: 1, error: 0 }, when: notKept }],
      releases: [{ parameter: 2 }, ...REMOVALS],
      ...temporary,
    },
  ],
};

export const tmpPromise: LibraryModel = {
  library: 'tmp-promise',
  modules: ['tmp-promise'],
  resources: [
    ...sync('tmp-promise'),
    {
      id: 'tmp-promise.file',
      noun: 'temporary file',
      types: ['FileResult'],
      acquires: [{ call: 'file', async: true, when: notKept }],
      releases: [{ method: 'cleanup', async: true }, ...removalsOf('path')],
      prefer: 'await withFile(async ({ path }) => { ... })',
      ...temporary,
    },
    {
      id: 'tmp-promise.dir',
      noun: 'temporary directory',
      types: ['DirectoryResult'],
      acquires: [{ call: 'dir', async: true, when: notKept }],
      releases: [{ method: 'cleanup', async: true }, ...removalsOf('path')],
      prefer: 'await withDir(async ({ path }) => { ... })',
      ...temporary,
    },
  ],
};
