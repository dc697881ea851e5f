import assert from 'node:assert/strict';
import { MODELS } from '../../src/engine/resources/index';
import { parseMemberRef } from '../../src/engine/resources/memberRef';
import { createPrefilter, prefilterPatterns } from '../../src/workspace/prefilter';
import { whyNotLinear } from './harness/linear';

describe('workspace: pre-filter', () => {
  const passes = createPrefilter(MODELS);

  const holding: readonly string[] = [
    `import { open } from 'node:fs/promises';\nconst f = await open(p);`,
    'const c = await this.pool.connect();',
    `import pg from 'pg';\nconst pool = new pg.Pool({});`,
    `import { Pool } from 'pg';\nconst pool = new Pool<Options>();`,
    `const openFile = promisify(fs.open);\nconst f = await openFile(p);`,
    'const s = fs.createReadStream(p);',
    'const c = await createRedisClient(options);',
    'const t = await startTransaction();',
    'using x = thing();',
    'await using x: Thing<A> = thing();',
    'class A { [Symbol.asyncDispose]() {} }',
    '// managed-scope-disable-next-line missing-release',
    '/** @acquires */ declare function give(): A;',
    `await client.query('begin');`,
    'await client.query(`BEGIN ISOLATION LEVEL SERIALIZABLE`);',
    `const tmp = require('tmp');\ntmp.dir(cb);`,
    `import lockfile from 'proper-lockfile';\nawait lockfile.lock(p);`,
    'const t = setInterval(f, 1); clearInterval(t);',
    'const ws = new WebSocket(url);',
    'worker = x?.open?.(y)',
    `import { createHook } from 'node:async_hooks';\nhook.enable();`,
    'const lock = await navigator.wakeLock.request("screen");',
    'const h = openLedger`a`;',
    `import type { Collection } from 'mongodb';\nconst cursor = users.find({});`,
    `import { subscribe } from '@parcel/watcher';\nawait subscribe(folder, changed);`,
  ];
  for (const text of holding) it(`passes ${JSON.stringify(text)}`, () => assert.equal(passes(text), true));

  const holdingNothing: readonly string[] = [
    '',
    'export const a = 1;',
    '// We open the file, using a pool.\nconst opened = isOpen;',
    `const rows = await client.query('SELECT 1');`,
    'const user = await repository.create({ name });\nconst a = map.get(b);',
    'setTimeout(done, 10);',
    `const p = path.dir(a); request(app).get('/');`,
    'server.start(); plugin.enable(); copy = model.clone();',
    'await api.request(route);',
    'const el = document.createElement("a"); createEmptyState();',
    'const { dispose } = this;',
    'const one = list.find((item) => item.ok); await command.execute(); i18n.init(); sum.aggregate();',
  ];
  for (const text of holdingNothing) it(`lets ${JSON.stringify(text)} go`, () => assert.equal(passes(text), false));

  it('passes a plain use of every acquire of every model', () => {
    for (const model of MODELS) {
      for (const { acquires, family } of model.resources) {
        for (const acquire of acquires) {
          const { kind, path, method } = parseMemberRef(acquire.call);
          const name = method ?? path.at(-1) ?? '';
          const owner = model.global !== true ? 'x' : kind === 'method' ? `(x as ${path.join('.')})` : ['x', ...path.slice(0, -1)].join('.');
          const call = kind === 'constructor' ? `new x.${name}(a)` : name === 'default' ? 'x(a)' : `${owner}.${name}(a)`;
          const imported = model.modules.length > 0 ? `import x from '${model.modules[0] ?? ''}';\n` : '';
          const argument = acquire.when?.some((predicate) => 'matches' in predicate) ? `'BEGIN'` : '';
          const text = `${imported}const r = ${call}; ${argument} ${family === 'timer' ? 'clearTimeout(r); clearInterval(r); clearImmediate(r);' : ''}`;
          assert.equal(passes(text), true, `${model.library}: ${text}`);
        }
      }
    }
  });

  it('knows the models of a configuration', () => {
    const own = { library: 'ours', modules: ['ours'], resources: [{ id: 'ours.Thing', noun: 'thing', family: 'disposable', lifetime: 'scoped', acquires: [{ call: 'summon' }, { call: 'Altar#raise' }], releases: [{ method: 'banish' }] }] } as const;
    const withOwn = createPrefilter([own]);
    assert.equal(withOwn(`import { summon } from 'ours'; summon();`), true);
    assert.equal(withOwn('this.altar.raise();'), true);
    assert.equal(withOwn('summon();'), false);
  });

  it('takes time in proportion to the text: no regular expression of it can try a place twice', () => {
    const patterns = prefilterPatterns(MODELS);
    assert.ok(patterns.length > 1);
    for (const pattern of patterns) assert.equal(whyNotLinear(pattern), undefined, pattern.slice(0, 200));
  });

  it('would not pass for linear what is not', () => {
    for (const pattern of [String.raw`a(?:b+)+c`, String.raw`\bget\w*Client\w*\(`, String.raw`open\s*\s*\(`, String.raw`\s+x`, String.raw`\w+\(`, String.raw`x(?:\s*|y)\s*z`, String.raw`['"]a?[^"]*"`, String.raw`\b[\w$]+\(`, String.raw`(?<!x)\w+\(`, String.raw`x(?:\s*y?){0,9}z`, String.raw`x(?=\s*y)`]) assert.notEqual(whyNotLinear(pattern), undefined, pattern);
    for (const pattern of [String.raw`\bopen\w*\s*\(`, String.raw`(?<![\w$])(?:a|b)\s*(?:\?\.\s*)?\(`, String.raw`['"](?:fs|net)(?:/[^'"\n]*)?['"]`]) assert.equal(whyNotLinear(pattern), undefined, pattern);
  });
});
