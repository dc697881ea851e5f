// Rows 1 to 23: managers from generators.
import { errorOf, failsWith, failureOf, field, same, sameList, truthy } from './kit';
import type { Suite } from './kit';
import { forBoth } from './kinds';

/** Values that a body may throw, and that must arrive as they are. */
const oddities = (): unknown[] => [new Error('usual'), { done: true, value: 1 }, undefined, null, Number.NaN, 0, '', new RangeError('own class')];

export const generators: Suite = (api) => [
  ...forBoth(api, [1, 39], 'a manager may enter with itself, and its exit is told of nothing after success', async ({ within }) => {
    const seen: unknown[] = [];
    const manager = {
      enter() {
        return this;
      },
      exit: (...args: unknown[]) => void seen.push(...args),
    };
    same(await within(manager, (value) => value), manager);
    sameList(seen, [undefined]);
  }),
  {
    name: 'leaving an async generator early runs the exit of the manager that it is in',
    rows: [2],
    async run() {
      const log: string[] = [];
      const tx = api.asyncContextManager(async function* () {
        try {
          yield 'tx';
        } finally {
          log.push('released');
        }
      });
      async function* rows() {
        const handle = await api.managed(tx());
        try {
          yield 1;
          yield 2;
        } finally {
          await handle[api.asyncDisposeSymbol]();
        }
      }
      for await (const row of rows()) {
        same(row, 1);
        break;
      }
      sameList(log, ['released']);
    },
  },
  ...forBoth(api, [4], 'whatever has enter and exit is a manager; a method that is null does not count', async ({ within }) => {
    class Structural {
      enter() {
        return 5;
      }
      exit() {
        return undefined;
      }
    }
    same(await within(new Structural(), (value) => value), 5);
    const nulled = Object.assign(new Structural(), { exit: null });
    await failsWith('TypeError', /not disposable/, () => within(Object.create(nulled), () => undefined));
  }),
  ...forBoth(api, [5], 'before the yield, body, after the yield, in this order', async ({ manager, within }) => {
    const log: unknown[] = [];
    const make = manager(function* () {
      log.push('before');
      yield 42;
      log.push('after');
    });
    const result = await within(make(), (value) => {
      log.push(value);
      return 'result';
    });
    sameList([...log, result], ['before', 42, 'after', 'result']);
  }),
  ...forBoth(api, [6], 'finally runs when the body fails, and the failure passes', async ({ manager, within }) => {
    const log: unknown[] = [];
    const make = manager(function* () {
      try {
        yield 1;
      } finally {
        log.push('finally');
      }
    });
    const failure = new RangeError('body');
    same(await errorOf(() => within(make(), () => { throw failure; })), failure);
    sameList(log, ['finally']);
  }),
  ...forBoth(api, [7, 14], 'what passes through is the same value, untouched', async ({ manager, within }) => {
    const make = manager(function* () {
      yield 1;
    });
    for (const thrown of oddities()) {
      const before = field(thrown, 'stack');
      const failure = await failureOf(() => within(make(), () => { throw thrown; }));
      truthy(failure, 'swallowed');
      same(failure.error, thrown);
      same(field(thrown, 'stack'), before);
      truthy(!(thrown instanceof Error && 'cause' in thrown), 'a cause was added');
    }
  }),
  ...forBoth(api, [8], 'exit with a failure that is not caught suppresses nothing and throws nothing', async ({ manager }) => {
    const cm = manager(function* () {
      yield 1;
    })();
    await cm.enter();
    truthy(!(await cm.exit({ error: new Error('body') })), 'suppressed');
  }),
  ...forBoth(api, [9], 'yielding again after the failure is an error, and the generator is closed', async ({ manager, within }) => {
    const log: string[] = [];
    const make = manager(function* () {
      try {
        try {
          yield 1;
        } catch {
          yield 2;
        }
      } finally {
        log.push('closed');
      }
    });
    const body = new Error('body');
    const error = await failsWith('Error', /didn't stop after throw/, () => within(make(), () => { throw body; }));
    same(error.cause, body, 'cause');
    sameList(log, ['closed']);
  }),
  ...forBoth(api, [10], 'never yielding is an error of enter, before the body', async ({ manager, within }) => {
    const make = manager(function* () {
      return;
      yield 1;
    });
    let ran = false;
    await failsWith('Error', /didn't yield/, () => within(make(), () => (ran = true)));
    same(ran, false, 'body ran');
  }),
  ...forBoth(api, [11], 'yielding twice is an error of exit, and the generator is closed', async ({ manager, within }) => {
    const log: string[] = [];
    const make = manager(function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        log.push('closed');
      }
    });
    await failsWith('Error', /didn't stop$/, () => within(make(), () => undefined));
    sameList(log, ['closed']);
  }),
  ...forBoth(api, [12], 'an error that the generator makes of the failure leaves exit as it is', async ({ manager }) => {
    const translated = new RangeError('translated');
    const cm = manager(function* () {
      try {
        yield 1;
      } catch {
        throw translated;
      }
    })();
    await cm.enter();
    same(await errorOf(() => cm.exit({ error: new Error('body') })), translated);
  }),
  ...forBoth(api, [13], 'a generator that catches and completes suppresses, unless it returns false', async ({ manager, within }) => {
    const body = new RangeError('body');
    const seen: unknown[] = [];
    const swallowing = (verdict: boolean | undefined) =>
      manager(function* () {
        try {
          yield 1;
        } catch (error) {
          seen.push(error);
        }
        return verdict;
      })();
    const fail = () => {
      throw body;
    };
    same(await within(swallowing(undefined), fail), undefined);
    same(await within(swallowing(true), fail), undefined);
    same(await errorOf(() => within(swallowing(false), fail)), body);
    sameList(seen, [body, body, body]);
  }),
  ...forBoth(api, [16, 17], 'the translated error wins and keeps its own cause', async ({ manager, within }) => {
    const make = manager(function* () {
      try {
        yield 1;
      } catch (error) {
        throw new TypeError('translated', { cause: error });
      }
    });
    const body = new Error('body');
    const error = await failsWith('TypeError', /translated/, () => within(make(), () => { throw body; }));
    same(error.cause, body);
  }),
  ...forBoth(api, [18], 'the maker has the name and the length of the generator function', async ({ manager, name }) => {
    if (name === 'async') return; // The delegating generator of this suite has none; see the next one.
    const make = manager(function* transaction(a: unknown, b: unknown) {
      yield [a, b];
    });
    sameList([make.name, make.length], ['transaction', 2]);
  }),
  {
    name: 'the maker has the name and the length of the async generator function',
    rows: [18],
    run() {
      const make = api.asyncContextManager(async function* transaction(a: unknown, b: unknown) {
        yield [a, b];
      });
      sameList([make.name, make.length], ['transaction', 2]);
    },
  },
  ...forBoth(api, [21], 'every argument and this reach the generator', async ({ manager, within }) => {
    const make = manager(function* (...args: unknown[]) {
      yield [this, ...args];
    });
    const self = {};
    const value = await within(make.call(self, 'self', 'func', undefined), (entered) => entered);
    sameList(value as unknown[], [self, 'self', 'func', undefined]);
  }),
  ...forBoth(api, [22], 'the start is let go of once entered: a second enter is an error', async ({ manager, within }) => {
    const cm = manager(function* () {
      yield 1;
    })();
    await within(cm, () => undefined);
    await failsWith('Error', /already entered/, () => within(cm, () => undefined));
    await failsWith('Error', /not entered/, () => manager(function* () { yield 1; })().exit());
  }),
  ...forBoth(api, [16], 'an error in the set-up is thrown, the body never runs', async ({ manager, within }) => {
    const setUp = new Error('set-up');
    let ran = false;
    const make = manager(function* () {
      if (!ran) throw setUp;
      yield 1;
    });
    same(await errorOf(() => within(make(), () => (ran = true))), setUp);
    same(ran, false, 'body ran');
  }),
];
