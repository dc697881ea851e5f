import type { LibraryModel, ResourceModel } from './model';

/** `node:http` and `node:https` are the same to their users. */
function httpLike(module: 'http' | 'https'): LibraryModel {
  const resources: readonly ResourceModel[] = [
    {
      id: `${module}.Server`,
      noun: `${module.toUpperCase()} server`,
      family: 'server',
      lifetime: 'process',
      types: ['Server'],
      acquires: [{ call: 'createServer' }, { call: 'new Server' }],
      releases: [{ method: 'close' }],
      settles: ['unref'],
      fluent: ['listen', 'setTimeout', 'ref', 'unref', 'close'],
      ended: ['close'],
      disposable: { symbol: 'asyncDispose', since: 'node 18.18.0, 20.4.0' },
    },
    {
      id: `${module}.ClientRequest`,
      noun: 'request',
      family: 'socket',
      lifetime: 'self',
      ...(module === 'http' ? { types: ['ClientRequest'] } : {}),
      acquires: [
        // A signal ends it; `get` sends it off by itself.
        { call: 'request', when: [{ argument: 0, option: 'signal', equals: undefined, otherwise: true }] },
        { call: 'get', lifetime: 'process' },
      ],
      releases: [{ method: 'end' }, { method: 'destroy' }, { method: 'abort' }],
      fluent: ['setTimeout', 'end', 'destroy'],
      outcomes: [['close'], ['response', 'error']],
      ended: ['close', 'response', 'error'],
      atMost: 'potential',
    },
    {
      id: `${module}.Agent`,
      noun: 'connection pool',
      family: 'pool',
      lifetime: 'process',
      types: ['Agent'],
      acquires: [{ call: 'new Agent' }],
      releases: [{ method: 'destroy' }],
    },
  ];
  return { library: `node:${module}`, modules: [module], resources };
}

/**
 * What the callback of `get` and `request` is given. "If a 'response' event handler is added, then the data from the response object
 * must be consumed" (Node's documentation, http.ClientRequest). No call gives it by itself, so no acquires are listed.
 */
export const response: ResourceModel = {
  id: 'http.IncomingMessage',
  noun: 'response',
  family: 'stream',
  lifetime: 'self',
  types: ['IncomingMessage'],
  acquires: [],
  releases: [{ method: 'resume' }, { method: 'destroy' }],
  settles: ['pipe', 'compose', 'read', 'toArray', 'forEach', 'on', 'once', 'addListener'],
  iterated: 'releases',
};

export const http = httpLike('http');
export const https = httpLike('https');

export const http2: LibraryModel = {
  library: 'node:http2',
  modules: ['http2'],
  resources: [
    {
      id: 'http2.Server',
      noun: 'HTTP/2 server',
      family: 'server',
      lifetime: 'process',
      types: ['Http2Server', 'Http2SecureServer'],
      acquires: [{ call: 'createServer' }, { call: 'createSecureServer' }],
      releases: [{ method: 'close' }],
      settles: ['unref'],
      fluent: ['listen', 'setTimeout', 'ref', 'unref', 'close'],
      ended: ['close'],
      disposable: { symbol: 'asyncDispose', since: 'node 18.18.0, 20.4.0' },
    },
    {
      // Unlike a request's, its connection stays until one side closes it, whatever came of its streams.
      id: 'http2.ClientHttp2Session',
      noun: 'HTTP/2 session',
      family: 'connection',
      lifetime: 'scoped',
      types: ['ClientHttp2Session'],
      acquires: [{ call: 'connect' }],
      releases: [{ method: 'close' }, { method: 'destroy' }],
      settles: ['unref'],
      outcomes: [['close']],
      ended: ['close', 'goaway'],
    },
  ],
};
