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
      acquires: [{ call: 'new WebSocketServer' }, { call: 'new Server' }],
      releases: [{ method: 'close' }],
      ended: ['close'],
    },
  ],
  effects: [{ call: 'createWebSocketStream', argument: 0, effect: 'alias' }],
};
