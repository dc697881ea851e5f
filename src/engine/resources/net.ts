import type { LibraryModel, ResourceModel } from './model';

const DISPOSABLE = { symbol: 'asyncDispose', since: 'node 18.18.0, 20.4.0' } as const;
const DISPOSABLE_SERVER = { symbol: 'asyncDispose', since: 'node 18.18.0, 20.5.0' } as const;
const SOCKET_FLUENT = ['setEncoding', 'setTimeout', 'setKeepAlive', 'setNoDelay', 'ref', 'unref', 'pause', 'resume', 'connect', 'end', 'destroy'];

/** A socket closes by itself when both sides have ended; nobody is owed a connection that was only tried. */
const socketLife: Pick<ResourceModel, 'family' | 'lifetime' | 'releases' | 'settles' | 'outcomes' | 'ended'> = {
  family: 'socket',
  lifetime: 'self',
  releases: [{ method: 'end' }, { method: 'destroy' }, { method: 'destroySoon' }, { method: 'resetAndDestroy' }],
  settles: ['unref', 'pipe'],
  outcomes: [['close']],
  ended: ['close', 'error'],
};

export const net: LibraryModel = {
  library: 'node:net',
  modules: ['net'],
  resources: [
    {
      id: 'net.Server',
      noun: 'server',
      family: 'server',
      lifetime: 'process',
      types: ['Server'],
      acquires: [{ call: 'createServer' }, { call: 'new Server' }],
      releases: [{ method: 'close' }],
      settles: ['unref'],
      fluent: ['listen', 'ref', 'unref', 'close'],
      ended: ['close'],
      disposable: DISPOSABLE_SERVER,
    },
    {
      id: 'net.Socket',
      noun: 'socket',
      types: ['Socket'],
      acquires: [{ call: 'connect' }, { call: 'createConnection' }, { call: 'new Socket' }],
      fluent: SOCKET_FLUENT,
      disposable: DISPOSABLE,
      ...socketLife,
    },
  ],
  // A socket over a descriptor closes it.
  effects: [{ call: 'new Socket', argument: 0, option: 'fd', effect: 'transfer' }],
};

export const tls: LibraryModel = {
  library: 'node:tls',
  modules: ['tls'],
  resources: [
    {
      id: 'tls.Server',
      noun: 'TLS server',
      family: 'server',
      lifetime: 'process',
      types: ['Server'],
      acquires: [{ call: 'createServer' }, { call: 'new Server' }],
      releases: [{ method: 'close' }],
      settles: ['unref'],
      fluent: ['listen', 'ref', 'unref', 'close'],
      ended: ['close'],
      disposable: DISPOSABLE_SERVER,
    },
    {
      id: 'tls.TLSSocket',
      noun: 'TLS socket',
      types: ['TLSSocket'],
      acquires: [{ call: 'connect' }, { call: 'new TLSSocket' }],
      fluent: SOCKET_FLUENT,
      disposable: DISPOSABLE,
      ...socketLife,
    },
  ],
  effects: [
    { call: 'connect', argument: 'any', option: 'socket', effect: 'alias' },
    { call: 'new TLSSocket', argument: 0, effect: 'alias' },
  ],
};

/** Terminals over descriptors, which they close. */
export const tty: LibraryModel = {
  library: 'node:tty',
  modules: ['tty'],
  resources: [],
  effects: [
    { call: 'new ReadStream', argument: 0, effect: 'transfer' },
    { call: 'new WriteStream', argument: 0, effect: 'transfer' },
  ],
};

export const dgram: LibraryModel = {
  library: 'node:dgram',
  modules: ['dgram'],
  resources: [
    {
      id: 'dgram.Socket',
      noun: 'datagram socket',
      family: 'socket',
      lifetime: 'process',
      types: ['Socket'],
      acquires: [{ call: 'createSocket', when: [{ argument: 0, option: 'signal', equals: undefined, otherwise: true }] }],
      releases: [{ method: 'close' }],
      settles: ['unref'],
      fluent: ['bind', 'ref', 'unref', 'close'],
      ended: ['close'],
      disposable: DISPOSABLE_SERVER,
    },
  ],
};
