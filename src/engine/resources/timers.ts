import type { LibraryModel } from './model';

const DISPOSABLE = { symbol: 'dispose', since: 'node 18.18.0, 20.5.0' } as const;

/**
 * Timers. Nobody owes their clearing: a timeout comes once, an interval commonly ticks as long as the process. What is left to say
 * is that one is cleared on some path and forgotten on another.
 */
export const timers: LibraryModel = {
  library: 'timers',
  modules: ['timers'],
  global: true,
  resources: [
    {
      id: 'timers.interval',
      noun: 'interval',
      family: 'timer',
      lifetime: 'process',
      types: ['NodeJS.Timeout'],
      acquires: [{ call: 'setInterval' }],
      // Timeouts and intervals share one list of ids: either function clears either.
      releases: [{ function: 'clearInterval' }, { function: 'clearTimeout' }, { method: 'close' }],
      settles: ['unref'],
      fluent: ['ref', 'unref', 'refresh'],
      disposable: DISPOSABLE,
    },
    {
      id: 'timers.timeout',
      noun: 'timeout',
      family: 'timer',
      lifetime: 'moment',
      acquires: [{ call: 'setTimeout' }],
      releases: [{ function: 'clearTimeout' }, { function: 'clearInterval' }, { method: 'close' }],
      settles: ['unref'],
      fluent: ['ref', 'unref', 'refresh'],
      disposable: DISPOSABLE,
    },
    {
      id: 'timers.immediate',
      noun: 'immediate',
      family: 'timer',
      lifetime: 'moment',
      types: ['NodeJS.Immediate'],
      acquires: [{ call: 'setImmediate' }],
      releases: [{ function: 'clearImmediate' }],
      settles: ['unref'],
      fluent: ['ref', 'unref'],
      disposable: DISPOSABLE,
    },
  ],
};
