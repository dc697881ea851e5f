// Nothing is kept after a release: a million scopes in a heap that could not hold them, and what was released is
// collected while its stack, its handle or its group is still there.
import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { dist } from './support/builds';
import { run } from './support/tools';

/** Runs a script against the package in a Node of its own. @returns what it prints. */
async function inNode(flags: string[], script: string): Promise<string> {
  const module = path.join(dist, 'index.cjs');
  assert.ok(existsSync(module));
  const source = `const api = require(${JSON.stringify(module)});\n(async () => {${script}})().catch((error) => { console.error(error); process.exit(1); });`;
  const { status, stdout, stderr } = await run(process.execPath, [...flags, '-e', source]);
  assert.equal(status, 0, stderr.slice(-2000));
  return stdout.trim();
}

describe('runtime memory', function () {
  this.timeout(180_000);

  it('a million scopes of every form in a heap of 32 MB', async () => {
    const printed = await inNode(
      ['--max-old-space-size=32'],
      `const manager = api.asyncContextManager(async function* () { yield new Array(100).fill(0); });
       const sync = api.contextManager(function* () { yield new Array(100).fill(0); });
       const outer = new AbortController();
       const mutex = new api.Mutex();
       let done = 0;
       for (let round = 0; round < 100_000; round++) {
         await api.withManaged(manager(), () => done++, { signal: outer.signal });
         await api.scope((stack) => { stack.defer(() => done++); });
         const stack = new api.AsyncDisposableStack();
         stack.defer(() => done++);
         await stack.disposeAsync();
         const handle = await api.managed(manager());
         handle.ok(done++);
         await handle[api.asyncDisposeSymbol]();
         await api.withManaged(mutex.acquire(outer.signal), () => done++);
         await api.gather([() => done++], { signal: outer.signal });
         api.withManagedSync(sync(), () => done++);
         await api.withManaged(api.closing(done, () => done++), () => 1, { releaseTimeout: 60_000 });
         await api.wrap(() => api.suppress(Error), () => { done++; throw new Error('suppressed'); })();
         const blocking = new api.ExitStack();
         blocking.defer(() => done++);
         blocking.dispose();
       }
       console.log(done);`,
    );
    assert.equal(printed, '1000000');
  });

  it('what was released is collected while its owner lives', async () => {
    const printed = await inNode(
      ['--expose-gc'],
      `const collected = {};
       const watch = new FinalizationRegistry((name) => { collected[name] = true; });
       const owners = [];
       const track = (name) => { const value = { name }; watch.register(value, name); return value; };
       await (async () => {
         const specified = new api.AsyncDisposableStack();
         specified.adopt(track('AsyncDisposableStack'), () => 1);
         await specified.disposeAsync();
         const blocking = new api.DisposableStack();
         blocking.adopt(track('DisposableStack'), () => 1);
         blocking.dispose();
         const stack = new api.AsyncExitStack();
         stack.adopt(track('AsyncExitStack'), () => 1);
         await stack.disposeAsync();
         const moved = new api.AsyncExitStack();
         moved.adopt(track('moved'), () => 1);
         await moved.move().disposeAsync();
         // In a function of its own: all closures of a function keep its variables alive together.
         const deferred = ((value) => api.defer(() => value.name))(track('deferred'));
         deferred[api.disposeSymbol]();
         const argument = track('argument');
         const manager = api.contextManager(function* () { yield 1; })(argument);
         manager.enter();
         const mutex = new api.Mutex();
         const controller = new AbortController();
         (await mutex.acquire(controller.signal)).release();
         await api.taskGroup(({ signal }) => { watch.register(signal, 'signal of a group'); }, { signal: controller.signal });
         owners.push(specified, blocking, stack, moved, deferred, manager, mutex, controller);
       })();
       for (let left = 20; left > 0; left--) { await new Promise(setImmediate); gc(); }
       console.log(Object.keys(collected).sort().join() + ' ' + owners.length);`,
    );
    assert.equal(printed, 'AsyncDisposableStack,AsyncExitStack,DisposableStack,argument,deferred,moved,signal of a group 8');
  });

  it('an aborted wait and a finished one leave nothing on a signal that lives on', async () => {
    const printed = await inNode(
      ['--max-old-space-size=32'],
      `const { getEventListeners } = require('node:events');
       const outer = new AbortController();
       const mutex = new api.Mutex();
       for (let round = 0; round < 100_000; round++) {
         const held = await mutex.acquire();
         const waiting = mutex.acquire(outer.signal);
         held.release();
         (await waiting).release();
       }
       console.log(getEventListeners(outer.signal, 'abort').length, mutex.available);`,
    );
    assert.equal(printed, '0 1');
  });
});
