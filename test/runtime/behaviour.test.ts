// The behaviour suites against the built package, as a module and as CommonJS, in the Node that runs the tests.
import { strict as assert } from 'node:assert';
import { behaviours } from './behaviours/index';
import type { Api } from './behaviours/kit';
import { byBehaviour, elsewhere } from './behaviours/rows';
import { common, esm } from './support/builds';


for (const [format, load] of [
  ['ESM', esm],
  ['CommonJS', async (): Promise<Api> => common],
] as const) {
  describe(`runtime behaviours, ${format}`, () => {
    behaviours(common).forEach(({ name, rows = [] }, at) => {
      it(rows.length ? `${name} [row ${rows.join(', ')}]` : name, async () => {
        await behaviours(await load())[at]?.run();
      });
    });
  });
}

describe('runtime behaviours, as a whole', () => {
  it('the two formats are two copies', async () => {
    assert.notEqual((await esm()).withManaged, common.withManaged);
  });
  it('every row that translates has a case', () => {
    const covered = new Set(behaviours(common).flatMap(({ rows }) => rows ?? []));
    assert.deepEqual([...covered].sort((a, b) => a - b), [...byBehaviour]);
    assert.deepEqual(Object.keys(elsewhere), ['23', '33', '55']);
  });
  it('no two cases have the same name', () => {
    const names = behaviours(common).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  });
});
