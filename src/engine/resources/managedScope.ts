import type { LibraryModel, ResourceModel } from './model';

/** A stack holds something from the first that is put on it. */
function stack(id: string, classes: readonly string[], symbol: 'dispose' | 'asyncDispose'): ResourceModel {
  const async = symbol === 'asyncDispose';
  return {
    id: `managed-scope.${id}`,
    noun: 'stack of releases',
    family: 'disposable',
    lifetime: 'scoped',
    types: [...classes, id],
    acquires: classes.map((name) => ({ call: `new ${name}` })),
    releases: async ? [{ method: 'disposeAsync', async }, { method: 'exit', async }] : [{ method: 'dispose' }, { method: 'exit' }],
    holds: ['use', 'adopt', 'defer', 'push', 'enter', 'enterAll'],
    settles: ['move'],
    disposable: { symbol, since: 'node 18.18.0, 20.4.0' },
  };
}

/** The runtime that fixes import: its stacks, what it makes for `using`, its locks. */
export const managedScope: LibraryModel = {
  library: 'managed-scope',
  modules: ['managed-scope'],
  resources: [
    stack('AsyncStack', ['AsyncExitStack', 'AsyncDisposableStack'], 'asyncDispose'),
    stack('SyncStack', ['ExitStack', 'DisposableStack'], 'dispose'),
    {
      id: 'managed-scope.Managed',
      noun: 'entered manager',
      family: 'disposable',
      lifetime: 'scoped',
      types: ['Managed'],
      acquires: [{ call: 'managed', async: true }],
      releases: [],
      disposable: { symbol: 'asyncDispose', since: 'node 18.18.0, 20.4.0' },
    },
    {
      id: 'managed-scope.Permit',
      noun: 'permit',
      family: 'lock',
      lifetime: 'scoped',
      types: ['Permit'],
      acquires: [
        { call: 'Semaphore#acquire', async: true },
        { call: 'Mutex#acquire', async: true },
        { call: 'Semaphore#tryAcquire' },
        { call: 'Mutex#tryAcquire' },
      ],
      releases: [{ method: 'release' }],
      disposable: { symbol: 'dispose', since: 'node 18.18.0, 20.4.0' },
    },
  ],
  returns: { 'new Semaphore': 'Semaphore', 'new Mutex': 'Mutex' },
  effects: [
    { call: 'withManaged', argument: 0, effect: 'transfer' },
    { call: 'withManagedSync', argument: 0, effect: 'transfer' },
    { call: 'closing', argument: 0, effect: 'transfer' },
  ],
};
