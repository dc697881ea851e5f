// Rows 45 to 64: the exit stacks.
import { errorOf, failsWith, failureOf, field, same, sameList, truthy } from './kit';
import type { Case, Suite } from './kit';
import { forBoth } from './kinds';
import type { Kind } from './kinds';

interface Told {
  readonly error: unknown;
}
/** Runs a body with a stack and leaves the stack with the outcome, as a manager of itself. */
const inStack = (kind: Kind, body: (stack: ReturnType<Kind['stack']>) => unknown): Promise<unknown> =>
  kind.within(kind.stack() as never, (stack) => body(stack as ReturnType<Kind['stack']>));
const fail = (error: unknown) => () => {
  throw error;
};
/** The chain of errors below one, along `cause`. */
const causes = (error: unknown): unknown[] => {
  const chain: unknown[] = [];
  for (let at = error; at !== undefined; at = field(at, 'cause')) chain.push(at);
  return chain;
};
/** A SuppressedError and those inside, newest first. */
const flat = (error: unknown): unknown[] =>
  field(error, 'name') === 'SuppressedError' ? [...flat(field(error, 'error')), ...flat(field(error, 'suppressed'))] : [error];

export const exitStacks: Suite = (api): Case[] => [
  ...forBoth(api, [46], 'an empty stack', async (kind) => {
    same(await inStack(kind, () => 'result'), 'result');
    const stack = kind.stack();
    same(await stack.exit(), false);
    same(stack.disposed, true);
  }),
  ...forBoth(api, [47], 'deferred and adopted releases run last in first out; what cannot be called is refused', async (kind) => {
    const log: unknown[] = [];
    const stack = kind.stack();
    for (const name of ['a', 'b']) stack.defer(() => log.push(name));
    same(stack.adopt('c', (value) => log.push(value)), 'c');
    for (const add of [() => stack.defer(undefined as never), () => stack.adopt(1, 'x' as never), () => stack.push({} as never)]) {
      await failsWith('TypeError', /not a function/, add);
    }
    await stack.exit();
    sameList(log, ['c', 'b', 'a']);
  }),
  ...forBoth(api, [48], 'an exit sees the failure until one suppresses it', async (kind) => {
    const told: unknown[] = [];
    const note = (verdict: boolean) => (failure?: Told) => {
      told.push(failure?.error);
      return verdict;
    };
    const body = new Error('body');
    const result = await inStack(kind, (stack) => {
      stack.push(note(false));
      stack.push(note(true));
      stack.push({ enter: fail(new Error('entered')), exit: note(false) });
      throw body;
    });
    same(result, undefined);
    sameList(told, [body, body, undefined]);
  }),
  ...forBoth(api, [49], 'enter enters now and exits in its place', async (kind) => {
    const log: unknown[] = [];
    const stack = kind.stack();
    stack.defer(() => log.push('first'));
    log.push(await kind.enter(stack, { enter: () => 'entered', exit: () => void log.push('exited') }));
    stack.defer(() => log.push('last'));
    await stack.exit();
    sameList(log, ['entered', 'last', 'exited', 'first']);
  }),
  ...forBoth(api, [50], 'what is no manager is refused, and nothing is registered', async (kind) => {
    const log: string[] = [];
    const stack = kind.stack();
    stack.defer(() => log.push('before'));
    await failsWith('TypeError', /not disposable/, () => kind.enter(stack, { enter: () => log.push('enter') } as never));
    const inside = new Error('enter');
    same(await errorOf(() => kind.enter(stack, { enter: fail(inside), exit: () => void log.push('exit') })), inside);
    await stack.exit();
    sameList(log, ['before']);
  }),
  ...forBoth(api, [51], 'releasing now: the later exit does nothing', async (kind) => {
    const log: string[] = [];
    const stack = kind.stack();
    stack.defer(() => log.push('released'));
    await stack.exit();
    same(await stack.exit({ error: new Error('later') }), false);
    sameList(log, ['released']);
  }),
  ...forBoth(api, [52], 'move hands everything to a new stack', async (kind) => {
    const log: string[] = [];
    const stack = kind.stack();
    stack.defer(() => log.push('released'));
    const moved = stack.move();
    same(await stack.exit(), false);
    sameList([stack.disposed, moved.disposed, ...log], [true, false]);
    await moved.exit();
    sameList(log, ['released']);
  }),
  ...forBoth(api, [53], 'false lets the failure pass, true suppresses it', async (kind) => {
    const body = new Error('body');
    const leave = (verdict: boolean) => () =>
      inStack(kind, (stack) => {
        stack.push(() => verdict);
        throw body;
      });
    same(await errorOf(leave(false)), body);
    same(await failureOf(leave(true)), undefined);
  }),
  ...forBoth(api, [56], 'errors of blind releases nest, those of exits are causes', async (kind) => {
    const [body, zero, key, index] = [new Error('body'), new Error('zero'), new Error('key'), new Error('index')];
    const blind = await errorOf(() =>
      inStack(kind, (stack) => {
        stack.defer(fail(index));
        stack.defer(fail(key));
        stack.defer(fail(zero));
        throw body;
      }),
    );
    sameList(flat(blind), [index, key, zero, body]);
    const told = await errorOf(() =>
      inStack(kind, (stack) => {
        stack.push(fail(index));
        stack.push(fail(key));
        throw body;
      }),
    );
    sameList(causes(told), [index, key, body]);
  }),
  ...forBoth(api, [57], 'an explicit absence of a cause is respected, another cause kept', async (kind) => {
    const body = new Error('body');
    const leave = (thrown: unknown) =>
      errorOf(() =>
        inStack(kind, (stack) => {
          stack.push(fail(thrown));
          throw body;
        }),
      );
    const none = new Error('from none', { cause: undefined });
    same(await leave(none), none);
    same(none.cause, undefined);
    const own = new Error('own');
    const other = new Error('other', { cause: own });
    const joined = await leave(other);
    sameList(flat(joined), [other, body]);
    same(other.cause, own);
    const indirect = new Error('indirect', { cause: new Error('between', { cause: body }) });
    same(await leave(indirect), indirect);
  }),
  ...forBoth(api, [56], 'what can take no cause is joined by a SuppressedError', async (kind) => {
    for (const thrown of ['text', undefined, null, 7, Object.freeze(new Error('frozen')), Object.preventExtensions({})]) {
      const body = new Error('body');
      const error = await errorOf(() =>
        inStack(kind, (stack) => {
          stack.push(fail(thrown));
          throw body;
        }),
      );
      sameList(flat(error), [thrown, body]);
    }
  }),
  ...forBoth(api, [58], 'an error of a release is not suppressed by an exit that ran before it', async (kind) => {
    const late = new Error('late');
    const error = await errorOf(() =>
      inStack(kind, (stack) => {
        stack.defer(fail(late));
        stack.push(() => true);
        throw new Error('body');
      }),
    );
    same(error, late);
    truthy(!('cause' in late), 'the suppressed failure came back');
  }),
  ...forBoth(api, [59], 'managers that raise in finally: a chain of causes', async (kind) => {
    const errors = [4, 3, 2, 1].map((number) => new Error(`error ${number}`));
    const [fourth, third, second, first] = errors;
    const raising = kind.manager(function* (error: unknown) {
      try {
        yield 1;
      } finally {
        throw error;
      }
    });
    const stack = kind.stack();
    for (const error of [fourth, third, second]) await kind.enter(stack, raising(error));
    sameList(causes(await errorOf(() => stack.exit({ error: first }))), errors);
  }),
  ...forBoth(api, [60], 'errors that bring one of their own stay in order', async (kind) => {
    const [one, two, three, four, five] = ['1', '2', '3', '4', '5'].map((name) => new Error(name));
    const stack = kind.stack();
    stack.defer(fail(new api.SuppressedError(five, four)));
    stack.defer(fail(new api.SuppressedError(three, two)));
    sameList(flat(await errorOf(() => stack.exit({ error: one }))), [five, four, three, two, one]);
  }),
  ...forBoth(api, [61], 'errors of the body and of exits can be suppressed further down', async (kind) => {
    const told: unknown[] = [];
    const [body, late] = [new Error('body'), new Error('late')];
    const result = await inStack(kind, (stack) => {
      stack.push((failure) => {
        told.push(failure?.error, field(failure?.error, 'cause'));
        return true;
      });
      stack.push(fail(late));
      throw body;
    });
    same(result, undefined);
    sameList(told, [late, body]);
  }),
  ...forBoth(api, [62], '10,000 releases without recursion, failing ones too', async (kind) => {
    let released = 0;
    const stack = kind.stack();
    for (let left = 10_000; left > 0; left--) stack.defer(() => released++);
    await stack.exit();
    same(released, 10_000);
    const failing = kind.stack();
    for (let left = 10_000; left > 0; left--) failing.push(fail(new Error(`exit ${left}`)));
    let depth = 0;
    for (let at = await errorOf(() => failing.exit({ error: 'body' })); at !== 'body'; at = field(at, 'cause')) depth++;
    same(depth, 10_000);
  }),
  ...forBoth(api, [64], 'translating to an error that has the failure as its cause makes no loop', async (kind) => {
    const body = new Error('body');
    const stack = kind.stack();
    const make = kind.manager(function* () {
      try {
        yield 1;
      } catch (error) {
        throw new RangeError('translated', { cause: error });
      }
    });
    await kind.enter(stack, make());
    await kind.enter(stack, make());
    const chain = causes(await errorOf(() => stack.exit({ error: body })));
    same(chain.length, 3);
    same(chain[2], body);
    // A circle that was there before is walked only so far.
    const circle = new Error('circle');
    circle.cause = circle;
    const joined = await errorOf(() => {
      const round = kind.stack();
      round.push(fail(circle));
      return round.exit({ error: body });
    });
    sameList(flat(joined), [circle, body]);
  }),
];
