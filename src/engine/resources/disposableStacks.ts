import type { LibraryModel, ResourceModel } from './model';

/** What puts something on a stack: only then it holds anything. */
const takes = ['use', 'adopt', 'defer'];

function stack(name: string, symbol: 'dispose' | 'asyncDispose'): ResourceModel {
  const asynchronous = symbol === 'asyncDispose';
  return {
    id: `disposable-stacks.${name}`,
    noun: 'stack of releases',
    family: 'disposable',
    lifetime: 'scoped',
    types: [name],
    acquires: [{ call: `new ${name}` }],
    releases: [asynchronous ? { method: 'disposeAsync', async: true } : { method: 'dispose' }],
    holds: takes,
    settles: ['move'],
    disposable: { symbol, since: 'node 24.0.0' },
  };
}

/** The language's own stacks. */
export const disposableStacks: LibraryModel = {
  library: 'disposable stacks',
  modules: [],
  global: true,
  resources: [stack('DisposableStack', 'dispose'), stack('AsyncDisposableStack', 'asyncDispose')],
};
