import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { heapOptions } from '../../src/extension/heap';
import { MemoryGuard, youngOf } from '../../src/workspace/live/memoryGuard';

/** A guard over a heap of 100 bytes. `garbage` is what collecting frees. */
function makeGuard(): { readonly guard: MemoryGuard; readonly heap: { used: number; garbage: number } } {
  const heap = { used: 10, garbage: 0 };
  const collect = (): void => {
    heap.used -= heap.garbage;
    heap.garbage = 0;
  };
  return { guard: new MemoryGuard({ limit: 100, used: () => heap.used, collect }), heap };
}

describe('workspace: the memory guard', () => {
  for (const memory of [2048, 512]) {
    it(`knows what of V8's limit is the young generation, of a server that may use ${String(memory)} MB`, () => {
      const options = heapOptions(memory);
      const { stdout } = spawnSync(process.execPath, [...options, '-p', "require('node:v8').getHeapStatistics().heap_size_limit"], { encoding: 'utf8', env: {} });
      assert.equal(Number(stdout) - youngOf(options.join(' ')), memory * 1024 * 1024);
    });
  }

  it('lets go what can be made again, and keeps types when that helps', () => {
    const { guard, heap } = makeGuard();
    assert.equal(guard.ranShort(() => assert.fail('nothing is short')), false);
    heap.used = 80;
    assert.equal(guard.ranShort(() => (heap.garbage = 60)), true);
    assert.equal(heap.used, 20);
    assert.equal(guard.typesAllowed, true);
  });

  it('gives types up when that does not help, until it is restarted', () => {
    const { guard, heap } = makeGuard();
    heap.used = 80;
    assert.equal(guard.ranShort(() => undefined), true);
    assert.equal(guard.typesAllowed, false);
    guard.restart();
    assert.equal(guard.typesAllowed, true);
  });

  it('gives types up when it does not last', () => {
    const { guard, heap } = makeGuard();
    const fill = (): boolean => {
      heap.used = 80;
      return guard.ranShort(() => (heap.garbage = 60));
    };
    fill();
    for (let check = 0; check < 30; check++) guard.ranShort(() => undefined);
    fill();
    assert.equal(guard.typesAllowed, true);
    fill();
    assert.equal(guard.typesAllowed, false);
  });

  it('stops what grows while there is still room to finish it', () => {
    const { guard, heap } = makeGuard();
    heap.used = 60;
    heap.garbage = 30;
    assert.equal(guard.mayGrow(), true);
    heap.used = 60;
    assert.equal(guard.mayGrow(), false);
    let released = false;
    assert.equal(guard.ranShort(() => (released = true)), true);
    assert.ok(released);
  });
});
