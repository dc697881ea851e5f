import type { ResourceModel } from '../model';

/** Watchers live as long as somebody wants to know. One that is given a signal is closed by it. */
export const watchers: readonly ResourceModel[] = [
  {
    id: 'fs.FSWatcher',
    noun: 'file watcher',
    family: 'watcher',
    lifetime: 'process',
    types: ['FSWatcher'],
    acquires: [{ call: 'watch', when: [{ argument: 1, option: 'signal', equals: undefined, otherwise: true }] }],
    releases: [{ method: 'close' }],
    settles: ['unref'],
    fluent: ['ref', 'unref'],
    outcomes: [['close']],
    ended: ['close'],
  },
  {
    id: 'fs.watchedFile',
    noun: 'watched file',
    family: 'watcher',
    lifetime: 'process',
    value: 'path',
    acquires: [{ call: 'watchFile', holder: { in: 'argument', index: 0 } }],
    releases: [{ function: 'unwatchFile' }],
  },
  {
    // An iterator: it watches from its first step on, and stops when the loop over it is left.
    id: 'fs.watchIterator',
    noun: 'watch iterator',
    family: 'watcher',
    lifetime: 'self',
    acquires: [{ call: 'promises.watch', when: [{ argument: 1, option: 'signal', equals: undefined, otherwise: true }] }],
    releases: [{ method: 'return', async: true }],
    fluent: ['Symbol.asyncIterator'],
    iterated: 'releases',
    disposable: { symbol: 'asyncDispose', since: 'node 24.0.0' },
  },
];
