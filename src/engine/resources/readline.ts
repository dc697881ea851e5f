import type { CallEffect, LibraryModel } from './model';

const READERS = ['createInterface', 'new Interface', 'promises.createInterface'];

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
      acquires: READERS.map((call) => ({ call })),
      releases: [{ method: 'close' }],
      // Leaving the loop closed the reader up to Node 18, and leaves it and its input open since then: observed on 18.20, 20.20, 22.23 and 24.21.
      walked: { loop: true },
      outcomes: [['close']],
      ended: ['close'],
      disposable: { symbol: 'dispose', since: 'node 22.15.0, 24.0.0' },
    },
  ],
  // A reader stands for the stream that it reads: who closes it has done with both.
  effects: READERS.map((call): CallEffect => ({ call, argument: 0, option: 'input', effect: 'alias' })),
};

/** A prompt that evaluates what is typed, for as long as somebody types. */
export const repl: LibraryModel = {
  library: 'node:repl',
  modules: ['repl'],
  resources: [
    {
      id: 'repl.REPLServer',
      noun: 'prompt',
      family: 'stream',
      lifetime: 'process',
      types: ['REPLServer'],
      acquires: [{ call: 'start' }],
      releases: [{ method: 'close' }],
      outcomes: [['exit']],
      ended: ['exit', 'close'],
      disposable: { symbol: 'dispose', since: 'node 22.15.0, 24.0.0' },
    },
  ],
};
