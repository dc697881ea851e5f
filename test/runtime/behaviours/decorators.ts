// Rows 24 to 44: wrapping functions, classes as managers, closing, locks.
import { errorOf, failsWith, sameList, same, truthy } from './kit';
import type { Suite } from './kit';
import { forBoth } from './kinds';

/** A manager that writes down what happens to it. */
function recorder(options: { suppress?: boolean } = {}) {
  const log: unknown[] = [];
  return {
    log,
    enter() {
      log.push('enter');
      return 'value';
    },
    exit(failure?: { readonly error: unknown }): boolean {
      log.push(failure ? failure.error : 'exit');
      return options.suppress ?? false;
    },
  };
}

export const decorators: Suite = (api) => [
  {
    name: 'a wrapped recursive function has a manager for each call',
    rows: [24],
    async run() {
      let depth = 0;
      let entered = 0;
      const nested = api.contextManager(function* () {
        entered++;
        depth++;
        try {
          yield undefined;
        } finally {
          depth--;
        }
      });
      const recursive: (left: number) => Promise<number> = api.wrap(nested, async (left: number) => (left > 0 ? recursive(left - 1) : depth));
      same(await recursive(9), 10, 'deepest');
      sameList([depth, entered], [0, 10]);
    },
  },
  {
    name: 'a wrapped function runs inside, also when it fails; this, arguments and result pass',
    rows: [25, 26, 27, 41],
    async run() {
      const manager = recorder();
      const failure = new Error('inside');
      const owner = {
        add: api.wrap(
          () => manager,
          function add(this: unknown, a: number, b: number) {
            manager.log.push(this === owner);
            if (b < 0) throw failure;
            return a + b;
          },
        ),
      };
      same(await owner.add(1, 2), 3);
      same(await errorOf(() => owner.add(1, -1)), failure);
      sameList(manager.log, ['enter', true, 'exit', 'enter', true, failure]);
      same(owner.add.name, 'add');
    },
  },
  ...forBoth(api, [40, 41], 'the exit of a class is told of the failure; only true suppresses it', async ({ within }) => {
    const failure = new Error('body');
    const fail = () => {
      throw failure;
    };
    const keeping = recorder();
    same(await errorOf(() => within(keeping, fail)), failure);
    const swallowing = recorder({ suppress: true });
    same(await within(swallowing, fail), undefined);
    sameList([...keeping.log, ...swallowing.log], ['enter', failure, 'enter', failure]);
    for (const truthyOnly of [1, 'OK', {}, [true]]) {
      const exit = (): boolean => truthyOnly as unknown as boolean;
      same(await errorOf(() => within({ enter: () => 1, exit }, fail)), failure, 'a truthy value suppressed');
    }
  }),
  ...forBoth(api, [3, 42], 'without enter or without exit: TypeError before anything runs', async ({ within }) => {
    const log: string[] = [];
    const enter = () => log.push('enter');
    const exit = () => void log.push('exit');
    for (const half of [{ enter }, { exit }, { enter, exti: exit }, {}, 1, 'text', () => undefined]) {
      await failsWith('TypeError', /not disposable/, () => within(half as never, () => log.push('body')));
    }
    sameList(log, []);
  }),
  ...forBoth(api, [44], 'a maker gives a fresh generator each time', async ({ manager, within }) => {
    const log: unknown[] = [];
    const make = manager(function* (name: unknown) {
      log.push(name);
      yield name;
      log.push(`${String(name)} over`);
    });
    await within(make('a'), () => undefined);
    await within(make('b'), () => undefined);
    sameList(log, ['a', 'a over', 'b', 'b over']);
  }),
  {
    name: 'closing gives the value, and closes it once, after success and after failure',
    rows: [29, 30],
    async run() {
      const log: unknown[] = [];
      const thing = { close: () => log.push('close') };
      const body = new Error('body');
      same(await api.withManaged(api.closing(thing, (it) => it.close()), (value) => value), thing);
      same(await errorOf(() => api.withManaged(api.closing(thing, (it) => it.close()), () => { throw body; })), body);
      sameList(log, ['close', 'close']);
      await failsWith('TypeError', /not a function/, () => api.closing(thing, undefined as never));
    },
  },
  {
    name: 'closing an async generator runs its finally when the body fails',
    rows: [31],
    async run() {
      const log: string[] = [];
      async function* lines() {
        try {
          yield 'line';
        } finally {
          log.push('closed');
        }
      }
      const body = new Error('body');
      const reading = api.withManaged(
        api.closing(lines(), (it) => it.return(undefined)),
        async (it) => {
          for await (const line of it) {
            same(line, 'line');
            throw body;
          }
        },
      );
      same(await errorOf(() => reading), body);
      sameList(log, ['closed']);
    },
  },
  ...forBoth(api, [32], 'nullContext passes its value through', async ({ within }) => {
    const value = {};
    same(await within(api.nullContext(value), (entered) => entered), value);
    truthy(await errorOf(() => within(api.nullContext(value), () => { throw value; })), 'suppressed');
  }),
];
