import type { Acquire, LibraryModel } from './model';

const DISPATCHERS = ['Client', 'Pool', 'BalancedPool', 'Agent', 'ProxyAgent', 'EnvHttpProxyAgent', 'RetryAgent'];
const body = (call: string): Acquire => ({ call, async: true, holder: { in: 'member', name: 'body' } });

/** What reads a body to its end, and so gives the connection back. */
const READERS = ['json', 'text', 'blob', 'bytes', 'arrayBuffer', 'formData', 'dump'];

export const undici: LibraryModel = {
  library: 'undici',
  modules: ['undici'],
  resources: [
    {
      id: 'undici.Dispatcher',
      noun: 'HTTP connections',
      family: 'pool',
      lifetime: 'process',
      types: ['Dispatcher', ...DISPATCHERS],
      acquires: DISPATCHERS.map((name) => ({ call: `new ${name}` })),
      releases: [
        { method: 'close', async: true, when: [{ argument: 0, is: 'absent' }] },
        { method: 'close' },
        { method: 'destroy', async: true },
        { method: 'destroy' },
      ],
    },
    {
      id: 'undici.body',
      noun: 'response body',
      family: 'stream',
      lifetime: 'self',
      types: ['BodyReadable'],
      acquires: ['request', ...['Dispatcher', ...DISPATCHERS].map((name) => `${name}#request`)].map(body),
      releases: [...READERS.map((method) => ({ method, async: true })), { method: 'destroy' }],
      settles: ['pipe', 'resume', 'toArray', 'forEach'],
      iterated: 'releases',
      ended: ['end', 'error', 'close'],
      disposable: { symbol: 'asyncDispose', since: 'node 18.18.0, 20.4.0' },
      atMost: 'potential',
    },
  ],
};
