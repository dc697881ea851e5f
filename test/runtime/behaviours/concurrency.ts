// Rows 34 and 37, and structured concurrency: Semaphore, Mutex, taskGroup, gather.
import { errorOf, failsWith, field, gate, same, sameList, turns } from './kit';
import type { Suite } from './kit';

export const concurrency: Suite = (api) => [
  {
    name: 'a mutex is held inside and free afterwards, also after a failure',
    rows: [34],
    async run() {
      const mutex = new api.Mutex();
      same(await api.withManaged(mutex.acquire(), () => mutex.available), 0);
      same(mutex.available, 1);
      await errorOf(() => api.withManaged(mutex.acquire(), () => { throw new Error('body'); }));
      same(mutex.available, 1);
      same(mutex.tryAcquire() === undefined, false);
      same(mutex.tryAcquire(), undefined);
    },
  },
  {
    name: 'a semaphore lets so many in, in order of arrival; a permit counts once',
    rows: [37],
    async run() {
      const semaphore = new api.Semaphore(2);
      const log: string[] = [];
      const one = await semaphore.acquire();
      const two = await semaphore.acquire();
      const waiting = ['a', 'b', 'c'].map(async (name) => {
        const permit = await semaphore.acquire();
        log.push(name);
        return permit;
      });
      await turns();
      sameList([semaphore.available, log.length], [0, 0]);
      one.release();
      one.release();
      one[api.disposeSymbol]();
      same(semaphore.tryAcquire(), undefined, 'somebody who came later');
      await turns();
      sameList(log, ['a']);
      two.release();
      for (const permit of waiting) (await permit).release();
      sameList(log, ['a', 'b', 'c']);
      same(semaphore.available, 2);
      for (const permits of [0, -1, 1.5, Number.NaN, Infinity]) await failsWith('RangeError', /positive integer/, () => new api.Semaphore(permits));
    },
  },
  {
    name: 'aborting while waiting leaves the queue, and no permit is lost',
    async run() {
      const mutex = new api.Mutex();
      const held = await mutex.acquire();
      const controller = new AbortController();
      const aborted = mutex.acquire(controller.signal);
      const next = mutex.acquire();
      controller.abort('reason');
      same(await errorOf(() => aborted), 'reason');
      held.release();
      const permit = await next;
      const granted = new AbortController();
      const queued = mutex.acquire(granted.signal);
      permit.release();
      granted.abort('too late');
      (await queued).release();
      same(mutex.available, 1);
      same(await errorOf(() => mutex.acquire(controller.signal)), 'reason');
      same(mutex.available, 1);
    },
  },
  {
    name: 'a group waits for every task, also for those that tasks start, and for what nobody awaits',
    async run() {
      const log: string[] = [];
      const [first, second] = [gate(), gate()];
      const group = api.taskGroup((tasks) => {
        void tasks.run(async () => {
          await first.promise;
          void tasks.run(() => second.promise.then(() => log.push('nested')));
        });
        return 'body';
      });
      const done = group.then((result) => log.push(result));
      first.open();
      await turns();
      sameList(log, []);
      second.open();
      await done;
      sameList(log, ['nested', 'body']);
    },
  },
  {
    name: 'the first failure aborts the others, and is thrown when they are done',
    async run() {
      const failure = new Error('first');
      const slow = gate();
      let reason: unknown;
      let settled = false;
      const group = errorOf(() =>
        api.taskGroup((tasks) => {
          void tasks.run(() => { throw failure; });
          void tasks.run((signal) => { signal.addEventListener('abort', () => (reason = signal.reason)); return slow.promise; });
        }),
      ).finally(() => (settled = true));
      await turns();
      sameList([reason, settled], [failure, false]);
      slow.open();
      same(await group, failure);
    },
  },
  {
    name: 'one error as it is, several as an AggregateError; an echo of the reason is none',
    async run() {
      const [one, two] = [new Error('one'), new Error('two')];
      const rejects = (error: unknown) => () => Promise.reject(error);
      const echo = (signal: AbortSignal) => new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(Object.assign(new Error('aborted', { cause: signal.reason }), { name: 'AbortError' })));
      });
      const plain = (signal: AbortSignal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      same(await errorOf(() => api.gather<unknown>([echo, plain, rejects(one)])), one);
      const several = await errorOf(() => api.gather<unknown>([(signal) => plain(signal).catch(rejects(two)), rejects(one), rejects(one)]));
      same(field(several, 'name'), 'AggregateError');
      sameList(field(several, 'errors') as unknown[], [one, two]);
    },
  },
  {
    name: 'gather: results in order, at most limit at once, nothing starts after a failure',
    async run() {
      let running = 0;
      let most = 0;
      const task = (value: number) => async () => {
        most = Math.max(most, ++running);
        await turns(10 - value);
        running--;
        return value;
      };
      sameList(await api.gather([1, 2, 3, 4, 5].map(task), { limit: 2 }), [1, 2, 3, 4, 5]);
      same(most, 2);
      sameList(await api.gather([]), []);
      const started: string[] = [];
      const failure = new Error('first');
      same(await errorOf(() => api.gather([() => { throw failure; }, () => started.push('second')], { limit: 1 })), failure);
      sameList(started, []);
      await failsWith('RangeError', /positive integer/, () => api.gather([], { limit: 0 }));
    },
  },
  {
    name: 'the signal that a group is given aborts its own, and is let go of at the end',
    async run() {
      const controller = new AbortController();
      const { signal } = controller;
      let listeners = 0;
      const watched = new Proxy(signal, {
        get(target, key) {
          if (key === 'addEventListener') listeners++;
          if (key === 'removeEventListener') listeners--;
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      const waits = (own: AbortSignal) => new Promise((_, reject) => own.addEventListener('abort', () => reject(own.reason)));
      const group = errorOf(() => api.gather<unknown>([waits], { signal: watched }));
      await turns();
      controller.abort('reason');
      same(await group, 'reason');
      same(listeners, 0);
      same(await errorOf(() => api.gather([() => 1], { signal })), 'reason');
    },
  },
  {
    name: 'run after the group is over: ReferenceError, and the task does not start',
    async run() {
      let started = false;
      let leaked: { run(task: () => unknown): Promise<unknown> } | undefined;
      await api.taskGroup((tasks) => void (leaked = tasks));
      await failsWith('ReferenceError', /over/, () => leaked?.run(() => (started = true)));
      same(started, false);
    },
  },
];
