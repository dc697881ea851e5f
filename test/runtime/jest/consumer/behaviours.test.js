const { open } = require('node:fs/promises');
const runtime = require('managed-scope');

const polyfilled = process.env.POLYFILLED === 'true';

test('the realm is the one that this is about', () => {
  expect(typeof Symbol.asyncDispose).toBe(polyfilled ? 'symbol' : 'undefined');
  expect(typeof AsyncDisposableStack).toBe(polyfilled ? 'function' : 'undefined');
  expect(runtime.asyncDisposeSymbol).toBe(Symbol.for('nodejs.asyncDispose'));
});

test('every behaviour', async () => {
  const delivered = new Promise((resolve) => (globalThis.deliver = resolve));
  require('./behaviours.cjs');
  const results = await delivered;
  expect(results.filter(({ error }) => error)).toEqual([]);
  expect(results.length).toBeGreaterThan(100);
});

test("an object of Node's own is released", async () => {
  const handle = await runtime.withManaged(open(__filename), (it) => it);
  expect(handle.fd).toBe(-1);
});
