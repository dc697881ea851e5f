// withManaged, scope, managed, defer and the async half of the exit stack, beyond what contextlib has.
import { errorOf, failsWith, failureOf, field, gate, same, sameList, truthy, turns } from './kit';
import type { Suite } from './kit';

export const scopes: Suite = (api) => {
  const disposable = (log: unknown[], name: string, thrown?: unknown) => ({
    [api.asyncDisposeSymbol]: async () => {
      log.push(name);
      if (thrown !== undefined) throw thrown;
    },
  });
  return [
    {
      name: 'withManaged takes disposables of both kinds, null, undefined, and promises of them',
      async run() {
        const log: unknown[] = [];
        const sync = { [api.disposeSymbol]: () => void log.push('sync') };
        same(await api.withManaged(sync, (value) => value === sync), true);
        same(await api.withManaged(Promise.resolve(disposable(log, 'async')), () => log.push('body')), 2);
        same(await api.withManaged(null, (value) => value), null);
        same(await api.withManaged(undefined, (value) => value), undefined);
        sameList(log, ['sync', 'body', 'async']);
        same(api.withManagedSync(sync, () => 'result'), 'result');
      },
    },
    {
      name: 'a blind release that throws after the body: SuppressedError, the newer error first',
      async run() {
        const [body, release] = [new Error('body'), new Error('release')];
        const error = await errorOf(() => api.withManaged(disposable([], 'it', release), () => { throw body; }));
        truthy(api.isSuppressedError(error), 'no SuppressedError');
        sameList([error.error, error.suppressed], [release, body]);
        same(await errorOf(() => api.withManaged(disposable([], 'it', release), () => 1)), release);
      },
    },
    {
      name: 'a blind release that returns true suppresses nothing',
      async run() {
        const body = new Error('body');
        const fail = () => {
          throw body;
        };
        const sync = { [api.disposeSymbol]: () => true } as unknown as Disposable;
        same(await errorOf(() => api.withManaged(sync, fail)), body);
        same(await errorOf(() => api.withManagedSync(sync, fail)), body);
        for (const stack of [new api.ExitStack(), new api.AsyncExitStack()]) {
          stack.defer(() => true);
          stack.adopt(1, () => true);
          Reflect.apply(stack.use, stack, [sync]);
          same(await stack.exit({ error: body }), false);
        }
      },
    },
    {
      name: 'withManaged waits for the body before it exits, and for the exit before it settles',
      async run() {
        const log: string[] = [];
        const [body, exit] = [gate(), gate()];
        const manager = { enter: () => 1, exit: () => { log.push('exit'); return exit.promise; } };
        const done = api.withManaged(manager, () => body.promise).then(() => log.push('settled'));
        await turns();
        sameList(log, []);
        body.open();
        await turns();
        sameList(log, ['exit']);
        exit.open();
        await done;
        sameList(log, ['exit', 'settled']);
      },
    },
    {
      name: 'a signal that is aborted: a manager is not entered, a resource that is there is released, the reason thrown',
      async run() {
        const log: unknown[] = [];
        const reason = new Error('stop');
        const signal = AbortSignal.abort(reason);
        const manager = { enter: () => log.push('enter'), exit: () => void log.push('exit') };
        same(await errorOf(() => api.withManaged(manager, () => log.push('body'), { signal })), reason);
        same(await errorOf(() => api.withManaged(disposable(log, 'released'), () => log.push('body'), { signal })), reason);
        same(await errorOf(() => api.scope(() => log.push('body'), { signal })), reason);
        sameList(log, ['released']);
      },
    },
    {
      name: 'a signal that aborts while entering: exit is told of the reason, the body does not run',
      async run() {
        const controller = new AbortController();
        const told: unknown[] = [];
        const manager = { enter: () => controller.abort('reason'), exit: (...args: unknown[]) => void told.push(...args) };
        same(await errorOf(() => api.withManaged(manager, () => told.push('body'), { signal: controller.signal })), 'reason');
        same(field(told[0], 'error'), 'reason');
        same(told.length, 1, 'arguments of exit');
      },
    },
    {
      name: 'releaseTimeout: a TimeoutError joins the errors, later releases still run, a late rejection is nobody\'s',
      async run() {
        const log: string[] = [];
        const hung = gate();
        const body = new Error('body');
        const error = await errorOf(() =>
          api.scope(
            (stack) => {
              stack.defer(() => log.push('others'));
              stack.defer(() => hung.promise);
              throw body;
            },
            { releaseTimeout: 1 },
          ),
        );
        same(field(field(error, 'error'), 'name'), 'TimeoutError');
        same(field(error, 'suppressed'), body);
        sameList(log, ['others']);
        hung.fail(new Error('late'));
        await turns();
        const told = await errorOf(() => api.withManaged({ enter: () => 1, exit: () => gate().promise }, () => { throw body; }, { releaseTimeout: 1 }));
        sameList([field(told, 'name'), field(told, 'cause')], ['TimeoutError', body]);
      },
    },
    {
      name: 'scope: each manager learns how the body ended, in reverse order',
      async run() {
        const log: unknown[] = [];
        const manager = (name: string) => ({ enter: () => name, exit: (failure?: { readonly error: unknown }) => void log.push(name, failure?.error) });
        same(await api.scope(async (stack) => [await stack.enter(manager('a')), await stack.enter(manager('b'))].join()), 'a,b');
        const body = new Error('body');
        same(await errorOf(() => api.scope(async (stack) => { await stack.enter(manager('c')); throw body; })), body);
        sameList(log, ['b', undefined, 'a', undefined, 'c', body]);
      },
    },
    {
      name: 'what a stack acquires after it was disposed is released at once',
      async run() {
        const log: unknown[] = [];
        const stack = new api.AsyncExitStack();
        const entering = gate<string>();
        const exit = (failure?: { readonly error: unknown }) => void log.push(field(failure?.error, 'name'));
        const entered = stack.enter({ enter: () => entering.promise, exit });
        await turns();
        await stack.disposeAsync();
        entering.open('late');
        await failsWith('ReferenceError', /disposed/, () => entered);
        await failsWith('ReferenceError', /disposed/, () => stack.enter(disposable(log, 'disposable')));
        await failsWith('ReferenceError', /disposed/, () => stack.enter({ enter: () => log.push('enter'), exit }));
        sameList(log, ['ReferenceError', 'disposable']);
      },
    },
    {
      name: 'enterAll enters all in order, or none: what was acquired is released, the error thrown',
      async run() {
        const log: unknown[] = [];
        const manager = (name: string) => ({ enter: () => { log.push(name); return name; }, exit: () => void log.push(`-${name}`) });
        const stack = new api.AsyncExitStack();
        const [a, b, c] = await stack.enterAll([manager('a'), Promise.resolve(manager('b')), null]);
        sameList([a, b, c], ['a', 'b', null]);
        const refused = new Error('refused');
        const acquired = gate<ReturnType<typeof disposable>>();
        const entering = stack.enterAll([manager('never'), Promise.reject(refused), acquired.promise]);
        await turns();
        acquired.open(disposable(log, 'released'));
        same(await errorOf(() => entering), refused);
        sameList(log, ['a', 'b', 'released']);
        const half = { enter: () => { throw refused; }, exit: () => undefined };
        same(await errorOf(() => stack.enterAll([manager('c'), half, manager('never'), disposable(log, 'taken')])), refused);
        sameList(log, ['a', 'b', 'released', 'c', 'taken', '-c']);
        const several = await errorOf(() => stack.enterAll([Promise.reject(refused), Promise.reject(new Error('too'))]));
        same(field(several, 'name'), 'AggregateError');
        await stack.disposeAsync();
        sameList(log.slice(6), ['-b', '-a']);
      },
    },
    {
      name: 'enterAll releases what closing holds when another acquire fails, before it or behind it, and when entering one fails',
      async run() {
        const log: unknown[] = [];
        const held = async (name: string) => api.closing(name, (it) => void log.push(`-${it}`));
        const refused = new Error('refused');
        const stack = new api.AsyncExitStack();
        same(await errorOf(() => stack.enterAll([held('a'), Promise.reject(refused), held('b')])), refused);
        sameList(log, ['-b', '-a']);
        const half = { enter: () => { throw refused; }, exit: () => undefined };
        same(await errorOf(() => stack.enterAll([held('c'), half, held('d'), { enter: () => 1, exit: () => void log.push('never') }])), refused);
        sameList(log.slice(2), ['-d', '-c']);
        const [e, f] = await stack.enterAll([held('e'), held('f')]);
        sameList([e, f], ['e', 'f']);
        await stack.disposeAsync();
        sameList(log.slice(4), ['-f', '-e']);
        const unused = api.closing('g', (it) => log.push(it));
        await unused[api.asyncDisposeSymbol]();
        same(log.at(-1), 'g');
      },
    },
    {
      name: 'two who dispose of a stack at once share the outcome; afterwards it is over',
      async run() {
        const failure = new Error('release');
        const releasing = gate();
        const stack = new api.AsyncExitStack();
        stack.defer(() => releasing.promise);
        const both = [stack.disposeAsync(), stack[api.asyncDisposeSymbol]()].map((one) => failureOf(() => one));
        releasing.fail(failure);
        sameList((await Promise.all(both)).map((one) => one?.error), [failure, failure]);
        await stack.disposeAsync();
      },
    },
    {
      name: 'managed: ok() commits and returns its argument; left without it, exit is told so, once',
      async run() {
        const log: unknown[] = [];
        const tx = api.asyncContextManager(async function* () {
          try {
            yield 'tx';
            log.push('commit');
          } catch (error) {
            log.push('rollback');
            throw error;
          }
        });
        const good = await api.managed(tx());
        same(good.value, 'tx');
        same(good.ok('result'), 'result');
        await good[api.asyncDisposeSymbol]();
        await good[api.asyncDisposeSymbol]();
        const bad = await api.managed(tx());
        await bad[api.asyncDisposeSymbol]();
        sameList(log, ['commit', 'rollback']);
        const rethrowing = await api.managed({ enter: () => 1, exit: (failure) => { if (failure) throw failure.error; } });
        await rethrowing[api.asyncDisposeSymbol]();
        const own = new Error('own');
        const failing = await api.managed({ enter: () => 1, exit: () => { throw own; } });
        same(await errorOf(() => failing[api.asyncDisposeSymbol]()), own);
        await failsWith('TypeError', /not a manager/, () => api.managed(null as never));
      },
    },
    {
      name: 'defer and deferAsync run once; what cannot be called is refused',
      async run() {
        const log: string[] = [];
        const sync = api.defer(() => log.push('sync'));
        sync[api.disposeSymbol]();
        sync[api.disposeSymbol]();
        const failure = new Error('release');
        const releasing = gate();
        const deferred = api.deferAsync(() => { log.push('async'); return releasing.promise; });
        const both = [deferred[api.asyncDisposeSymbol](), deferred[api.asyncDisposeSymbol]()];
        releasing.fail(failure);
        for (const one of both) same(await errorOf(() => one), failure);
        await deferred[api.asyncDisposeSymbol]();
        sameList(log, ['sync', 'async']);
        await failsWith('TypeError', /not a function/, () => api.defer(undefined as never));
        await failsWith('TypeError', /not a function/, () => api.deferAsync(Promise.resolve() as never));
      },
    },
    {
      name: 'acquireWithTimeout: in time it is the value; a late arrival is released',
      async run() {
        const log: unknown[] = [];
        const early = disposable(log, 'early');
        same(await api.acquireWithTimeout(() => early, 1000), early);
        const refused = new Error('refused');
        same(await errorOf(() => api.acquireWithTimeout(() => { throw refused; }, 1000)), refused);
        const [first, second, third] = [gate<ReturnType<typeof disposable>>(), gate<string>(), gate<null>()];
        let signal: AbortSignal | undefined;
        await failsWith('TimeoutError', /1 ms/, () => api.acquireWithTimeout((given) => { signal = given; return first.promise; }, 1));
        await failsWith('TimeoutError', /1 ms/, () => api.acquireWithTimeout(() => second.promise, 1, (value) => log.push(value)));
        await failsWith('TimeoutError', /1 ms/, () => api.acquireWithTimeout(() => third.promise, 1));
        same(field(signal?.reason, 'name'), 'TimeoutError');
        first.open(disposable(log, 'late'));
        second.open('late too');
        third.open(null);
        await turns();
        sameList(log, ['late', 'late too']);
      },
    },
  ];
};
