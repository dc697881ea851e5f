import type { Predicate, Release, ResourceModel } from '../model';

const withoutCallback: readonly Predicate[] = [{ argument: -1, is: 'function', not: true, otherwise: true }];

/** All that removes a file or directory by its path, here and in the libraries that are made for it. */
export const REMOVALS: readonly Release[] = [
  { function: 'fs:rmSync' },
  { function: 'fs:promises.rm', async: true },
  { function: 'fs:rm.__promisify__', async: true },
  { function: 'fs:rm' },
  { function: 'fs:rmdirSync' },
  { function: 'fs:promises.rmdir', async: true },
  { function: 'fs:rmdir.__promisify__', async: true },
  { function: 'fs:rmdir' },
  { function: 'fs:unlinkSync' },
  { function: 'fs:promises.unlink', async: true },
  { function: 'fs:unlink.__promisify__', async: true },
  { function: 'fs:unlink' },
  { function: 'fs-extra:removeSync' },
  { function: 'fs-extra:remove', async: true, when: withoutCallback },
  { function: 'fs-extra:remove' },
  { function: 'fs-extra:rm', async: true, when: withoutCallback },
  { function: 'fs-extra:rmdir', async: true, when: withoutCallback },
  { function: 'fs-extra:unlink', async: true, when: withoutCallback },
  { function: 'rimraf:rimraf', async: true },
  { function: 'rimraf:rimrafSync' },
  { function: 'rimraf:rimraf.sync' },
  { function: 'rimraf:sync' },
  // Until version 3 the module is the function.
  { function: 'rimraf:default' },
  { function: 'rimraf:default.sync' },
];

/** The same for a resource that has its path in a member: `rmSync(dir.name)`. */
export const removalsOf = (member: string): readonly Release[] => REMOVALS.map((removal) => ({ ...removal, member }));

export const temporaries: readonly ResourceModel[] = [
  {
    id: 'fs.temporaryDirectory',
    noun: 'temporary directory',
    family: 'temporary',
    lifetime: 'scoped',
    value: 'path',
    acquires: [
      { call: 'mkdtempSync', guess: 'fs$|^fse$' },
      { call: 'promises.mkdtemp', async: true, guess: '^(fsp|fsPromises|promises)$' },
      { call: 'fs-extra:mkdtemp', async: true, when: withoutCallback },
      { call: 'mkdtemp.__promisify__', async: true },
      { call: 'mkdtemp', holder: { in: 'callback', parameter: 1, error: 0 }, guess: 'fs$|^fse$' },
    ],
    releases: REMOVALS,
  },
  {
    // What is written is temporary where the same function removes it again; nobody owes the removal of any other file.
    id: 'fs.temporaryFile',
    noun: 'temporary file',
    family: 'temporary',
    lifetime: 'self',
    value: 'path',
    acquires: [
      { call: 'writeFileSync', holder: { in: 'argument', index: 0 } },
      { call: 'promises.writeFile', async: true, holder: { in: 'argument', index: 0 } },
      { call: 'fs-extra:writeFile', async: true, holder: { in: 'argument', index: 0 }, when: withoutCallback },
    ],
    releases: REMOVALS,
    atMost: 'potential',
  },
  {
    id: 'fs.disposableTemporaryDirectory',
    noun: 'temporary directory',
    family: 'temporary',
    lifetime: 'scoped',
    types: ['fs:DisposableTempDir'],
    acquires: [{ call: 'mkdtempDisposableSync' }],
    releases: [{ method: 'remove' }, ...removalsOf('path')],
    disposable: { symbol: 'dispose', since: 'node 24.4.0' },
  },
  {
    id: 'fs.promises.disposableTemporaryDirectory',
    noun: 'temporary directory',
    family: 'temporary',
    lifetime: 'scoped',
    types: ['fs/promises:DisposableTempDir'],
    acquires: [{ call: 'promises.mkdtempDisposable', async: true }],
    releases: [{ method: 'remove', async: true }, ...removalsOf('path')],
    disposable: { symbol: 'asyncDispose', since: 'node 24.4.0' },
  },
];
