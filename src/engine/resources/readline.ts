import type { LibraryModel } from './model';

/** Line readers: they end with their input. One on the terminal keeps the process alive until it is closed. */
export const readline: LibraryModel = {
  library: 'node:readline',
  modules: ['readline'],
  submodules: { 'readline/promises': 'promises' },
  resources: [
    {
      id: 'readline.Interface',
      noun: 'line reader',
      family: 'stream',
      lifetime: 'self',
      types: ['Interface'],
      acquires: [{ call: 'createInterface' }, { call: 'new Interface' }, { call: 'promises.createInterface' }],
      releases: [{ method: 'close' }],
      iterated: 'releases',
      outcomes: [['close']],
      ended: ['close'],
      disposable: { symbol: 'dispose', since: 'node 22.15.0, 24.0.0' },
    },
  ],
  // A reader stands for the stream that it reads: who closes it has done with both.
  effects: ['createInterface', 'new Interface', 'promises.createInterface'].map((call) => ({ call, argument: 0, option: 'input', effect: 'alias' })),
};
