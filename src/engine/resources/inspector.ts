import type { LibraryModel } from './model';

/** The debugger's protocol: sessions within the process, and the port that a debugger connects to. */
export const inspector: LibraryModel = {
  library: 'node:inspector',
  modules: ['inspector', 'inspector/promises'],
  resources: [
    {
      // What was enabled (profiler, debugger) stays so, and its messages are kept, until the session is disconnected.
      id: 'inspector.Session',
      noun: 'inspector session',
      family: 'connection',
      lifetime: 'scoped',
      types: ['Session'],
      acquires: [
        { call: 'Session#connect', holder: { in: 'receiver' } },
        { call: 'Session#connectToMainThread', holder: { in: 'receiver' } },
      ],
      releases: [{ method: 'disconnect' }],
      atMost: 'potential',
    },
    {
      // There is one of it in a process. Whoever opens it mostly wants it open for as long as somebody debugs.
      id: 'inspector.port',
      noun: 'inspector port',
      family: 'server',
      lifetime: 'process',
      acquires: [{ call: 'open', holder: { in: 'nothing' } }],
      releases: [{ function: 'close' }],
      disposable: { symbol: 'dispose', since: 'node 20.6.0' },
    },
  ],
};
