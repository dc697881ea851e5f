import type { Predicate, ResourceModel } from '../model';

/** fs-extra's functions give a promise when they are given no callback. */
const withoutCallback: readonly Predicate[] = [{ argument: -1, is: 'function', not: true, otherwise: true }];

/** What holds a file or directory open: numbers, handles, directory streams. */
export const descriptors: readonly ResourceModel[] = [
  {
    id: 'fs.descriptor',
    noun: 'file descriptor',
    family: 'file',
    lifetime: 'scoped',
    value: 'number',
    acquires: [
      { call: 'openSync', guess: 'fs$|^fse$' },
      { call: 'fs-extra:open', async: true, when: withoutCallback },
      { call: 'open.__promisify__', async: true },
      { call: 'open', holder: { in: 'callback', parameter: 1, error: 0 }, guess: 'fs$|^fse$' },
    ],
    releases: [
      { function: 'closeSync' },
      { function: 'fs-extra:close', async: true, when: withoutCallback },
      { function: 'close.__promisify__', async: true },
      { function: 'close' },
    ],
  },
  {
    id: 'fs.FileHandle',
    noun: 'file handle',
    family: 'file',
    lifetime: 'scoped',
    types: ['FileHandle'],
    acquires: [{ call: 'promises.open', async: true, guess: '^(fsp|fsPromises|promises)$' }],
    releases: [{ method: 'close', async: true }],
    disposable: { symbol: 'asyncDispose', since: 'node 18.18.0, 20.4.0' },
  },
  {
    id: 'fs.Dir',
    noun: 'directory handle',
    family: 'file',
    lifetime: 'scoped',
    types: ['Dir'],
    acquires: [
      { call: 'opendirSync', guess: 'fs$|^fse$' },
      { call: 'promises.opendir', async: true, guess: '^(fsp|fsPromises|promises)$' },
      { call: 'fs-extra:opendir', async: true, when: withoutCallback },
      { call: 'opendir.__promisify__', async: true },
      { call: 'opendir', holder: { in: 'callback', parameter: 1, error: 0 }, guess: 'fs$|^fse$' },
    ],
    releases: [{ method: 'closeSync' }, { method: 'close', async: true, when: withoutCallback }, { method: 'close' }],
    iterated: 'releases',
    disposable: { symbol: 'both', since: 'node 22.17.0, 24.1.0' },
  },
];
