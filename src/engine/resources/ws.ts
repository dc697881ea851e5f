import type { LibraryModel } from './model';

export const ws: LibraryModel = {
  library: 'ws',
  modules: ['ws'],
  resources: [
    {
      id: 'ws.WebSocket',
      noun: 'WebSocket',
      family: 'socket',
      lifetime: 'process',
      types: ['WebSocket'],
      acquires: [{ call: 'new default' }, { call: 'new WebSocket' }],
      releases: [{ method: 'close' }, { method: 'terminate' }],
      outcomes: [['close']],
      ended: ['close', 'error'],
    },
    {
      id: 'ws.WebSocketServer',
      noun: 'WebSocket server',
      family: 'server',
      lifetime: 'process',
      types: ['WebSocketServer', 'Server'],
      // Without a server of its own it is told of connections by somebody else's, and holds only those.
      acquires: ['new WebSocketServer', 'new Server'].map((call) => ({ call, when: [{ argument: 0, option: 'noServer', equals: true, not: true, otherwise: true }] })),
      releases: [{ method: 'close' }],
      ended: ['close'],
    },
  ],
  effects: [{ call: 'createWebSocketStream', argument: 0, effect: 'alias' }],
};
