import type { LibraryModel, ResourceModel } from './model';

/**
 * What Node tells of itself while somebody listens: hooks, monitors, traces, diagnostics. They commonly listen as long as the process
 * lives. What is left to say is that one is turned off on some path and forgotten on another.
 */
const listening: Pick<ResourceModel, 'family' | 'lifetime'> = { family: 'listener', lifetime: 'process' };

export const asyncHooks: LibraryModel = {
  library: 'node:async_hooks',
  modules: ['async_hooks'],
  resources: [
    {
      id: 'async_hooks.AsyncHook',
      noun: 'async hook',
      types: ['AsyncHook'],
      acquires: [{ call: 'AsyncHook#enable', holder: { in: 'receiver' } }],
      releases: [{ method: 'disable' }],
      fluent: ['enable', 'disable'],
      ...listening,
    },
    {
      // The former store comes back with it; without, whatever runs next sees somebody else's.
      id: 'async_hooks.RunScope',
      noun: 'store scope',
      family: 'disposable',
      lifetime: 'scoped',
      types: ['RunScope'],
      acquires: [{ call: 'AsyncLocalStorage#withScope' }],
      releases: [{ method: 'dispose' }],
      disposable: { symbol: 'dispose', since: 'node 24.21.0, 25.9.0' },
      prefer: 'storage.run(store, () => { ... })',
    },
  ],
  returns: { createHook: 'AsyncHook', 'AsyncHook#enable': 'AsyncHook' },
};

export const perfHooks: LibraryModel = {
  library: 'node:perf_hooks',
  modules: ['perf_hooks'],
  resources: [
    {
      id: 'perf_hooks.ELDHistogram',
      noun: 'event loop delay monitor',
      types: ['ELDHistogram'],
      acquires: [{ call: 'ELDHistogram#enable', holder: { in: 'receiver' } }],
      releases: [{ method: 'disable' }],
      disposable: { symbol: 'dispose', since: 'node 24.2.0' },
      ...listening,
    },
    {
      id: 'perf_hooks.PerformanceObserver',
      noun: 'performance observer',
      types: ['PerformanceObserver'],
      acquires: [{ call: 'new PerformanceObserver' }],
      releases: [{ method: 'disconnect' }],
      ...listening,
    },
  ],
  returns: { monitorEventLoopDelay: 'ELDHistogram' },
};

export const traceEvents: LibraryModel = {
  library: 'node:trace_events',
  modules: ['trace_events'],
  resources: [
    {
      id: 'trace_events.Tracing',
      noun: 'tracing',
      types: ['Tracing'],
      acquires: [{ call: 'Tracing#enable', holder: { in: 'receiver' } }],
      releases: [{ method: 'disable' }],
      ...listening,
    },
  ],
  returns: { createTracing: 'Tracing' },
};

export const diagnosticsChannel: LibraryModel = {
  library: 'node:diagnostics_channel',
  modules: ['diagnostics_channel'],
  resources: [
    {
      id: 'diagnostics_channel.subscription',
      noun: 'diagnostics subscription',
      value: 'function',
      acquires: [
        { call: 'subscribe', holder: { in: 'argument', index: 1 } },
        { call: 'Channel#subscribe', holder: { in: 'argument', index: 0 } },
      ],
      releases: [
        { function: 'unsubscribe', argument: 1 },
        { method: 'unsubscribe', on: 'receiver', argument: 0 },
      ],
      ...listening,
    },
    {
      id: 'diagnostics_channel.subscribers',
      noun: 'tracing subscription',
      acquires: [{ call: 'TracingChannel#subscribe', holder: { in: 'argument', index: 0 } }],
      releases: [{ method: 'unsubscribe', on: 'receiver', argument: 0 }],
      ...listening,
    },
    {
      id: 'diagnostics_channel.boundStore',
      noun: 'bound store',
      acquires: [{ call: 'Channel#bindStore', holder: { in: 'argument', index: 0 } }],
      releases: [{ method: 'unbindStore', on: 'receiver', argument: 0 }],
      ...listening,
    },
  ],
  returns: { channel: 'Channel', tracingChannel: 'TracingChannel' },
};

export const moduleHooks: LibraryModel = {
  library: 'node:module',
  modules: ['module'],
  resources: [
    {
      id: 'module.hooks',
      noun: 'module hooks',
      acquires: [{ call: 'registerHooks' }],
      releases: [{ method: 'deregister' }],
      disposable: { symbol: 'dispose', since: 'node 26.7.0' },
      ...listening,
    },
  ],
};

export const abortListeners: LibraryModel = {
  library: 'node:events',
  modules: ['events'],
  resources: [
    {
      // A signal that goes with its operation takes the listener along; only a long-lived one keeps it.
      id: 'events.abortListener',
      noun: 'abort listener',
      acquires: [{ call: 'addAbortListener' }],
      // By the symbol alone.
      releases: [],
      disposable: { symbol: 'dispose', since: 'node 18.18.0, 20.5.0' },
      ...listening,
    },
  ],
};
