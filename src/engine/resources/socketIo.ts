import type { LibraryModel } from './model';

export const socketIo: LibraryModel = {
  library: 'socket.io',
  modules: ['socket.io'],
  resources: [
    {
      id: 'socket-io.Server',
      noun: 'Socket.IO server',
      family: 'server',
      lifetime: 'process',
      types: ['Server'],
      acquires: [{ call: 'new Server' }],
      releases: [{ method: 'close', async: true }],
    },
  ],
  // It closes the HTTP server that it was given along with itself.
  effects: [{ call: 'new Server', argument: 0, effect: 'alias' }],
};

export const socketIoClient: LibraryModel = {
  library: 'socket.io-client',
  modules: ['socket.io-client'],
  resources: [
    {
      id: 'socket-io.client',
      noun: 'Socket.IO client',
      family: 'socket',
      lifetime: 'process',
      types: ['Socket'],
      acquires: [{ call: 'io' }, { call: 'connect' }, { call: 'default' }],
      releases: [{ method: 'disconnect' }, { method: 'close' }],
      fluent: ['connect', 'open', 'send', 'emit', 'compress', 'timeout', 'onAny', 'offAny'],
    },
  ],
};
