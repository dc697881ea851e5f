import type { CallEffect, LibraryModel } from './model';

const aliasOf = (call: string): CallEffect => ({ call, argument: 'receiver', effect: 'alias' });

/**
 * Web streams. A reader locks its stream until it is released; one that was read to the end locks nothing that matters, which
 * is how most of them end.
 */
export const webStreams: LibraryModel = {
  library: 'web streams',
  modules: ['stream/web'],
  global: true,
  resources: [
    {
      id: 'webStreams.reader',
      noun: 'stream reader',
      family: 'stream',
      lifetime: 'self',
      types: ['ReadableStreamDefaultReader', 'ReadableStreamBYOBReader'],
      acquires: [{ call: 'ReadableStream#getReader', guess: '(body|stream|readable|response|resp|res)$' }],
      releases: [{ method: 'releaseLock' }, { method: 'cancel', async: true }],
      drained: { method: 'read', flag: 'done' },
      prefer: 'for await (const chunk of stream) { ... }',
    },
    {
      id: 'webStreams.writer',
      noun: 'stream writer',
      family: 'stream',
      lifetime: 'scoped',
      types: ['WritableStreamDefaultWriter'],
      acquires: [{ call: 'WritableStream#getWriter', guess: '(stream|writable)$' }],
      releases: [{ method: 'releaseLock' }, { method: 'close', async: true }, { method: 'abort', async: true }],
    },
  ],
  effects: [
    { call: 'ReadableStream#pipeTo', argument: 0, effect: 'transfer' },
    { call: 'ReadableStream#pipeTo', argument: 'receiver', effect: 'transfer' },
    { call: 'ReadableStream#pipeThrough', argument: 0, effect: 'transfer' },
    ...['ReadableStream#pipeThrough', 'ReadableStream#tee'].map(aliasOf),
  ],
};
