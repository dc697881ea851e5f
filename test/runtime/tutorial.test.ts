// What a tutorial on context managers shows, in this package's words: the three ways that a body can end, nesting, cleanup
// of its own for one class of errors, and who waits while a manager does. `await using` is lowered by the compiler.
import { strict as assert } from 'node:assert';
import type { Failure } from '../../src/runtime/index';
import { common } from './support/builds';

const { asyncContextManager, AsyncExitStack, contextManager, gather, managed, scope, withManaged, withManagedSync } = common;

/** Scopes that note what happens, one for each form; `mode` is where it goes wrong. */
const forms = (mode: 'nowhere' | 'body' | 'set-up', log: string[]): Record<string, () => unknown> => {
  const enter = (): string => {
    log.push('set-up');
    if (mode === 'set-up') throw new Error('set-up');
    return 'value';
  };
  const body = (value: string): string => {
    log.push(`body with ${value}`);
    if (mode === 'body') throw new Error('body');
    return 'result';
  };
  const exit = (failure?: Failure): void => void log.push(failure ? 'cleanup after a failure' : 'cleanup');
  const bySteps = function* () {
    const value = enter();
    try {
      yield value;
    } catch (error) {
      exit({ error });
      throw error;
    }
    exit();
  };
  const generator = contextManager(bySteps);
  const asyncGenerator = asyncContextManager(async function* () {
    yield* bySteps();
  });
  return {
    'a class, withManaged': () => withManaged({ enter: async () => enter(), exit: async (failure) => exit(failure) }, body),
    'a class, withManagedSync': () => withManagedSync({ enter, exit }, body),
    'a generator, withManagedSync': () => withManagedSync(generator(), body),
    'an async generator, withManaged': () => withManaged(asyncGenerator(), body),
    'an async generator, await using': async () => {
      await using handle = await managed(asyncGenerator());
      return handle.ok(body(handle.value));
    },
    'an async generator, a stack': () => scope(async (stack) => body(await stack.enter(asyncGenerator()))),
  };
};

describe('runtime, as a tutorial shows it', () => {
  for (const name of Object.keys(forms('nowhere', []))) {
    it(`${name}: no error, an error in the body, an error in the set-up`, async () => {
      const log: string[] = [];
      assert.equal(await forms('nowhere', log)[name]?.(), 'result');
      assert.deepEqual(log.splice(0), ['set-up', 'body with value', 'cleanup']);
      await assert.rejects(async () => forms('body', log)[name]?.(), new Error('body'));
      assert.deepEqual(log.splice(0), ['set-up', 'body with value', 'cleanup after a failure']);
      await assert.rejects(async () => forms('set-up', log)[name]?.(), new Error('set-up'));
      assert.deepEqual(log, ['set-up']);
    });
  }

  it('nested managers are cleaned up in reverse, also when the second cannot be had', async () => {
    const log: string[] = [];
    const named = asyncContextManager(async function* (name: string) {
      if (name === 'unavailable') throw new Error(name);
      log.push(name);
      try {
        yield name;
      } finally {
        log.push(`-${name}`);
      }
    });
    await using stack = new AsyncExitStack();
    for (const name of ['session', 'lock', 'transaction']) await stack.enter(named(name));
    await assert.rejects(stack.enter(named('unavailable')), /unavailable/);
    await stack.disposeAsync();
    assert.deepEqual(log, ['session', 'lock', 'transaction', '-transaction', '-lock', '-session']);
  });

  it('one class of errors has a cleanup of its own, the general one always runs', async () => {
    const log: string[] = [];
    const make = asyncContextManager(async function* () {
      try {
        yield 'resource';
      } catch (error) {
        if (error instanceof RangeError) log.push('own');
        throw error;
      } finally {
        log.push('always');
      }
    });
    await assert.rejects(withManaged(make(), () => Promise.reject(new RangeError('own'))), RangeError);
    await assert.rejects(withManaged(make(), () => Promise.reject(new TypeError('other'))), TypeError);
    await withManaged(make(), () => undefined);
    assert.deepEqual(log, ['own', 'always', 'always', 'always']);
  });

  it('while one manager waits, another task goes on', async () => {
    const log: string[] = [];
    const waiting = asyncContextManager(async function* (name: string) {
      log.push(`${name} waits`);
      await new Promise(setImmediate);
      yield name;
    });
    await gather(['a', 'b'].map((name) => () => withManaged(waiting(name), () => log.push(`${name} runs`))));
    assert.deepEqual(log, ['a waits', 'b waits', 'a runs', 'b runs']);
  });
});
