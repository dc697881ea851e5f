import type { CallEffect, LibraryModel } from './model';

/** Takes all the streams that it is given: destroys them on error, ends them at the end. */
const owns = (call: string): CallEffect => ({ call, argument: 'any', effect: 'transfer' });

/** What node:stream does to streams, whoever opened them. Streams in memory hold nothing: there are no resources here. */
export const streams: LibraryModel = {
  library: 'node:stream',
  modules: ['stream', 'readable-stream'],
  submodules: { 'stream/promises': 'promises' },
  resources: [],
  effects: [
    ...['pipeline', 'pipeline.__promisify__', 'promises.pipeline'].map(owns),
    // Told of the end by now: it has come, or the stream has destroyed itself.
    ...['finished', 'finished.__promisify__', 'promises.finished'].map((call): CallEffect => ({ call, argument: 0, effect: 'transfer' })),
    // Destroyed by the signal at the latest.
    { call: 'addAbortSignal', argument: 1, effect: 'transfer' },
    // The destination is ended when the source ends; that an error of the source leaves it open is another rule's matter.
    ...['Stream#pipe', 'Readable#pipe'].map((call): CallEffect => ({ call, argument: 0, effect: 'transfer' })),
    { call: 'Readable#compose', argument: 0, effect: 'transfer' },
    { call: 'Readable#wrap', argument: 0, effect: 'transfer' },
    ...['Readable.toWeb', 'Readable.fromWeb', 'Writable.toWeb', 'Writable.fromWeb', 'Duplex.toWeb', 'Duplex.from', 'Readable.from'].map(
      (call): CallEffect => ({ call, argument: 0, effect: 'alias' }),
    ),
  ],
};
