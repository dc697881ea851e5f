import type { CallEffect, LibraryModel } from '../model';

const aliasOf = (call: string): CallEffect => ({ call, argument: 'receiver', effect: 'alias' });

/**
 * Web streams. A reader locks its stream until it is released, and what the stream reads from stays open as long; one that was read
 * to the end, or whose `read` failed, locks nothing that matters.
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
      lifetime: 'scoped',
      types: ['ReadableStreamDefaultReader', 'ReadableStreamBYOBReader'],
      acquires: [{ call: 'ReadableStream#getReader', guess: '^(?!this$).' }],
      // The stream is closed as soon as `cancel` is called; its promise tells how the source took it.
      releases: [{ method: 'releaseLock' }, { method: 'cancel' }],
      dropped: 'deliberately',
      drained: { method: 'read', flag: 'done' },
      atMost: 'potential',
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
  returns: { fetch: 'Response', 'Response#body': 'ReadableStream', 'Request#body': 'ReadableStream', 'Blob#stream': 'ReadableStream' },
};
