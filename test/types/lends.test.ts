import assert from 'node:assert/strict';
import { makeFolder, openProgram, type Asker, type Folder } from './project';

const MAIN = `
import { Declared } from 'library';

class Pool { take(): number { return 1; } off(): void {} removeListener(): void {} close(): void {} }
class Using { constructor(private readonly pool: Pool, readonly name: string) {} take(): number { return this.pool ? this.pool.take() : 0; } }
class Ending { constructor(private readonly pool: Pool) {} close(): void { this.pool.close(); } }
class Shown { constructor(readonly pool: Pool) {} }
class Assigned { #pool: Pool; constructor(pool: Pool) { this.#pool = pool; } take(): number { return this.#pool.take(); } }
class Handing { private readonly using: Using; constructor(pool: Pool) { this.using = new Using(pool, 'a'); } take(): number { return this.using.take(); } }
class HandingOver { private readonly ending: Ending; constructor(pool: Pool) { this.ending = new Ending(pool); } }
class Taking { constructor(private readonly pool: Pool) {} close(): void { const { pool } = this; pool.close(); } }
function ask(pool: Pool, more = 1): number { pool.removeListener(); return pool.take() + more; }
function give(pool: Pool): Pool { return pool; }
function keep(pool: Pool): () => void { return pool.close; }
function again(pool: Pool, times: number): number { return times === 0 ? pool.take() : again(pool, times - 1); }
function spread(...pools: Pool[]): number { return pools.length; }

const pool = new Pool();
new Using(pool, 'a');
new Ending(pool);
new Shown(pool);
new Assigned(pool);
new Handing(pool);
new HandingOver(pool);
new Taking(pool);
new Declared(pool);
ask(pool);
give(pool);
keep(pool);
again(pool, 2);
spread(pool);
`;

describe('types: what callees do with their parameters', () => {
  let folder: Folder;
  let asker: Asker;
  before(() => {
    folder = makeFolder({
      'main.ts': MAIN,
      'node_modules/library/index.d.ts': 'export class Declared { constructor(pool: object); }',
      'node_modules/library/package.json': '{"name":"library","version":"1.0.0","types":"index.d.ts"}',
    });
    asker = openProgram(folder);
  });
  after(() => folder.remove());

  const expected: readonly [call: string, lent: readonly number[]][] = [
    [`new Using(pool, 'a')`, [0]],
    ['new Ending(pool)', []],
    ['new Shown(pool)', []],
    ['new Assigned(pool)', [0]],
    ['new Handing(pool)', [0]],
    ['new HandingOver(pool)', []],
    ['new Taking(pool)', []],
    ['new Declared(pool)', []],
    ['ask(pool)', [0]],
    ['give(pool)', []],
    ['keep(pool)', []],
    ['again(pool, 2)', []],
    ['spread(pool)', []],
  ];
  for (const [call, lent] of expected) {
    it(`${call}: ${lent.length > 0 ? lent.join(', ') : 'none'}`, () => {
      const start = MAIN.lastIndexOf(call);
      const fact = asker.ask({ kind: 'lending', start, end: start + call.length });
      assert.equal(fact?.kind, 'lending');
      assert.deepEqual(fact.kind === 'lending' && fact.lent, lent);
    });
  }
});
