// What needs Node: a real file (row 33), the realm's own disposables, AsyncLocalStorage.
import { strict as assert } from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { common } from './support/builds';

const { asyncContextManager, asyncDisposeSymbol, closing, disposeSymbol, gather, scope, withManaged } = common;

describe('runtime with Node', () => {
  let folder = '';
  before(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'managed-scope-'))));
  after(() => rm(folder, { recursive: true }));

  it('closes a FileHandle after success and after failure [row 33]', async () => {
    const file = path.join(folder, 'file');
    const kept = await withManaged(open(file, 'w'), async (handle) => {
      await handle.write('text');
      return handle;
    });
    assert.equal(kept.fd, -1);
    const failure = new Error('body');
    let failed: { fd: number } | undefined;
    await assert.rejects(withManaged(open(file), (handle) => { failed = handle; throw failure; }), (error) => error === failure);
    assert.equal(failed?.fd, -1);
  });

  it("finds the release of Node's own objects by the key of the realm", () => {
    assert.equal(disposeSymbol, Symbol.dispose);
    assert.equal(asyncDisposeSymbol, Symbol.asyncDispose);
    assert.equal(disposeSymbol.description, Number(process.versions.node.split('.')[0]) < 24 ? 'nodejs.dispose' : 'Symbol.dispose');
  });

  it('bounds the release of a server that keeps a response open', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const stuck = fetch(`http://127.0.0.1:${address.port}/`).catch((error: unknown) => error);
    await once(server, 'request');
    await assert.rejects(withManaged(server, () => 'body', { releaseTimeout: 5 }), { name: 'TimeoutError' });
    server.closeAllConnections();
    assert.ok((await stuck) instanceof Error);
  });

  it('enters, runs and exits in the context of the caller', async () => {
    const context = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const manager = asyncContextManager(async function* () {
      seen.push(context.getStore());
      try {
        yield 1;
      } finally {
        seen.push(context.getStore());
      }
    });
    await context.run('caller', () => withManaged(manager(), async () => seen.push(context.getStore())));
    await context.run('caller', () => scope(async (stack) => seen.push(await stack.enter(manager()))));
    assert.deepEqual(seen, ['caller', 'caller', 'caller', 'caller', 1, 'caller']);
    assert.equal(context.getStore(), undefined);
  });

  it("counts an AbortError of Node's own functions as an echo of the reason", async () => {
    const failure = new Error('first');
    const waiting = (signal: AbortSignal): Promise<void> => sleep(60_000, undefined, { signal });
    await assert.rejects(gather([waiting, waiting, () => Promise.reject(failure)]), (error) => error === failure);
  });

  it('a release that fails after it timed out is no unhandled rejection', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    let fail: (error: Error) => void = () => undefined;
    const hung = new Promise((_, reject) => (fail = reject));
    await assert.rejects(withManaged(closing(1, () => hung), () => 1, { releaseTimeout: 1 }), { name: 'TimeoutError' });
    fail(new Error('late'));
    // Node reports unhandled rejections after the microtasks, before the next turn of the loop.
    await new Promise(setImmediate);
    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled, []);
  });
});
