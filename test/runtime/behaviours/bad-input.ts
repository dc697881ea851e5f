// What is refused, and that what was registered before is released all the same.
import { failsWith, same, sameList } from './kit';
import type { Case, Suite } from './kit';

export const badInput: Suite = (api) => {
  const stacks = {
    ExitStack: () => new api.ExitStack(),
    AsyncExitStack: () => new api.AsyncExitStack(),
    DisposableStack: () => new api.DisposableStack(),
    AsyncDisposableStack: () => new api.AsyncDisposableStack(),
  };
  const over = (stack: unknown) => Reflect.get(Object(stack), 'dispose') ?? Reflect.get(Object(stack), 'disposeAsync');
  const refused = Object.entries(stacks).flatMap(([name, create]): Case[] => [
    {
      name: `${name} refuses what it cannot release, and releases what it has`,
      async run() {
        const log: string[] = [];
        const stack = create();
        stack.defer(() => log.push('before'));
        for (const value of [1, 'text', {}, () => undefined, Promise.resolve()]) {
          await failsWith('TypeError', /./, () => Reflect.apply(stack.use, stack, [value]));
        }
        for (const method of ['adopt', 'defer'] as const) {
          await failsWith('TypeError', /./, () => Reflect.apply(stack[method], stack, [{}, {}]));
        }
        const broken = { [api.disposeSymbol]: 'text', [api.asyncDisposeSymbol]: 'text' };
        await failsWith('TypeError', /./, () => Reflect.apply(stack.use, stack, [broken]));
        same(Reflect.apply(stack.use, stack, [null]), null);
        await Reflect.apply(over(stack), stack, []);
        sameList(log, ['before']);
      },
    },
    {
      name: `${name} refuses everything once it is disposed or moved`,
      async run() {
        const log: string[] = [];
        const disposed = create();
        await Reflect.apply(over(disposed), disposed, []);
        const moved = create();
        moved.defer(() => log.push('moved'));
        const heir = moved.move();
        for (const stack of [disposed, moved]) {
          same(stack.disposed, true);
          for (const [method, ...args] of [['use', null], ['adopt', 1, () => 1], ['defer', () => 1], ['move']] as const) {
            await failsWith('ReferenceError', /disposed/, () => Reflect.apply(stack[method] as () => unknown, stack, args));
          }
          if ('push' in stack) await failsWith('ReferenceError', /disposed/, () => stack.push(() => undefined));
          if ('enter' in stack) await failsWith('ReferenceError', /disposed/, () => Reflect.apply(stack.enter, stack, [{ enter: () => log.push('entered'), exit: () => undefined }]));
          await Reflect.apply(over(stack), stack, []);
        }
        sameList(log, []);
        await Reflect.apply(over(heir), heir, []);
        sameList(log, ['moved']);
      },
    },
  ]);
  return [
    ...refused,
    {
      name: 'a promise where the resource is meant is refused by the synchronous scope',
      run: async () => void (await failsWith('TypeError', /not disposable/, () => api.withManagedSync(Promise.resolve() as never, () => 1))),
    },
    {
      name: 'a disposer is found under every key that this place may carry',
      async run() {
        const log: string[] = [];
        for (const key of [api.disposeSymbol, Symbol.for('nodejs.dispose'), Symbol.for('Symbol.dispose')]) {
          const resource = { [key]: () => void log.push('sync') };
          await api.withManaged(resource as unknown as Disposable, () => undefined);
          api.withManagedSync(resource as unknown as Disposable, () => undefined);
        }
        for (const key of [api.asyncDisposeSymbol, Symbol.for('nodejs.asyncDispose'), Symbol.for('Symbol.asyncDispose')]) {
          await api.withManaged({ [key]: async () => void log.push('async') } as unknown as AsyncDisposable, () => undefined);
        }
        sameList(log, [...Array<string>(6).fill('sync'), ...Array<string>(3).fill('async')]);
      },
    },
  ];
};
