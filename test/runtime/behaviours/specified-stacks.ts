// The two stacks and SuppressedError as the proposal specifies them. Also for natives, so nothing here is ours alone.
import { errorOf, failsWith, field, same, sameList, truthy, turns } from './kit';
import type { Suite } from './kit';

/** Takes this number of jobs and no more: an async function's own promise would add to it. */
function turnsExactly(count: number): Promise<unknown> {
  let promise: Promise<unknown> = Promise.resolve();
  for (let left = count - 1; left > 0; left--) promise = promise.then(() => undefined);
  return promise;
}

export const specifiedStacks: Suite = (api) => [
  {
    name: 'SuppressedError: called or constructed, its fields, its order, its prototype',
    run() {
      const [newer, older] = [new Error('newer'), new Error('older')];
      for (const make of [() => new api.SuppressedError(newer, older, 'message'), () => Reflect.apply(Object(api.SuppressedError), undefined, [newer, older, 'message'])]) {
        const error: unknown = make();
        truthy(error instanceof Error && error instanceof api.SuppressedError && api.isSuppressedError(error), 'wrong class');
        sameList([error.error, error.suppressed, error.message, error.name], [newer, older, 'message', 'SuppressedError']);
        sameList(Object.keys(error), []);
      }
      truthy(!Object.hasOwn(new api.SuppressedError(1, 2), 'message'), 'a message of its own');
      sameList([api.SuppressedError.length, api.SuppressedError.name, Object.getPrototypeOf(api.SuppressedError)], [3, 'SuppressedError', Error]);
      class Own extends api.SuppressedError {}
      truthy(new Own(1, 2) instanceof Own, 'subclass');
    },
  },
  {
    name: 'DisposableStack releases in reverse; use, adopt and defer call as specified',
    run() {
      const log: unknown[] = [];
      const stack = new api.DisposableStack();
      const resource = {
        [api.disposeSymbol](this: unknown, ...args: unknown[]) {
          log.push('used', this === resource, args.length);
        },
      };
      same(stack.use(resource), resource);
      const value = {};
      same(stack.adopt(value, (...args) => log.push('adopted', args[0] === value, args.length)), value);
      same(stack.defer((...args: unknown[]) => log.push('deferred', args.length)), undefined);
      same(stack.use(undefined), undefined);
      stack.dispose();
      stack.dispose();
      sameList(log, ['deferred', 0, 'adopted', true, 1, 'used', true, 0]);
      sameList([stack.disposed, stack[Symbol.toStringTag]], [true, 'DisposableStack']);
      same(field(stack, 'dispose'), Reflect.get(stack, api.disposeSymbol));
    },
  },
  {
    name: 'DisposableStack: errors nest outward, a single one is as it is',
    async run() {
      const errors = [1, 2, 3].map((number) => new Error(String(number)));
      const [one, two, three] = errors;
      const stack = new api.DisposableStack();
      for (const error of [...errors].reverse()) stack.defer(() => { throw error; });
      const outer = await errorOf(() => stack.dispose());
      truthy(api.isSuppressedError(outer), 'no SuppressedError');
      same(outer.error, three);
      sameList([field(outer.suppressed, 'error'), field(outer.suppressed, 'suppressed')], [two, one]);
      const single = new api.DisposableStack();
      single.defer(() => { throw one; });
      same(await errorOf(() => single.dispose()), one);
    },
  },
  {
    name: 'AsyncDisposableStack prefers the asynchronous release, falls back, and does not await a synchronous one',
    async run() {
      const log: string[] = [];
      const stack = new api.AsyncDisposableStack();
      const hung = { [api.disposeSymbol]: () => { log.push('sync'); return new Promise(() => undefined); } };
      const both = { [api.asyncDisposeSymbol]: async () => void log.push('async'), [api.disposeSymbol]: () => void log.push('wrong') };
      const nulled = { [api.asyncDisposeSymbol]: null, [api.disposeSymbol]: () => void log.push('null') };
      for (const resource of [hung, both, nulled]) stack.use(resource as unknown as AsyncDisposable);
      await stack.disposeAsync();
      sameList(log, ['null', 'async', 'sync']);
      await failsWith('TypeError', /./, () => Reflect.apply(new api.AsyncDisposableStack().use, {}, [null]));
      const rejected = Reflect.apply(stack.disposeAsync, {}, []);
      await failsWith('TypeError', /./, () => rejected);
    },
  },
  {
    name: 'AsyncDisposableStack: one await for null, none when it is empty, one after another otherwise',
    async run() {
      // The disposal among jobs that take a known number of steps, as it was queued: after the first, before the second.
      const place = async (count: number, steps: number, release?: () => unknown): Promise<void> => {
        const sequence: string[] = [];
        const job = async (name: string): Promise<void> => {
          await turnsExactly(steps);
          sequence.push(name);
        };
        const stack = new api.AsyncDisposableStack();
        if (release) stack.defer(release);
        for (let left = count; left > 0; left--) stack.use(null);
        await Promise.all([job('job 1'), stack.disposeAsync().then(() => sequence.push('disposed')), job('job 2')]);
        sameList(sequence, ['job 1', 'disposed', 'job 2']);
      };
      await place(0, 1);
      await place(1, 2);
      await place(2, 2);
      await place(1, 2, () => undefined);
      const log: string[] = [];
      const stack = new api.AsyncDisposableStack();
      for (const name of ['b', 'a']) stack.defer(async () => { log.push(name); await turns(3); log.push(`${name} over`); });
      await stack.disposeAsync();
      sameList(log, ['a', 'a over', 'b', 'b over']);
    },
  },
];
