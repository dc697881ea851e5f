import type { ResourceModel } from '../model';

/** Files, databases and addresses of what is in memory. */
export const storage: readonly ResourceModel[] = [
  {
    id: 'web.objectUrl',
    noun: 'object URL',
    family: 'disposable',
    lifetime: 'process',
    value: 'path',
    acquires: [{ call: 'URL.createObjectURL' }],
    releases: [{ function: 'URL.revokeObjectURL' }],
    atMost: 'potential',
  },
  {
    // What `open` gives is a request, which may bring a database or not, later: nothing is owed for it. A database is mostly kept for as long
    // as its page; its transactions end by themselves.
    id: 'web.IDBDatabase',
    noun: 'database',
    family: 'connection',
    lifetime: 'process',
    types: ['IDBDatabase'],
    acquires: [
      { call: 'indexedDB.open', holder: { in: 'member', name: 'result' }, lifetime: 'moment' },
      { call: 'IDBFactory#open', holder: { in: 'member', name: 'result' }, lifetime: 'moment' },
    ],
    releases: [{ method: 'close' }],
    ended: ['close'],
  },
  {
    // What is written reaches the file when it is closed; until then nobody else may lock it.
    id: 'web.FileSystemWritableFileStream',
    noun: 'file write stream',
    family: 'stream',
    lifetime: 'scoped',
    types: ['FileSystemWritableFileStream'],
    acquires: [{ call: 'FileSystemFileHandle#createWritable', async: true, guess: 'handle$' }],
    releases: [
      { method: 'close', async: true },
      { method: 'abort', async: true },
    ],
  },
];
