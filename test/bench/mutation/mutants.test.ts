import assert from 'node:assert/strict';
import { NOBODY } from '../../../src/workspace/drive';
import { isFound, tryMutant } from './outcome';
import type { Met } from './sites';
import { sitesInText } from './sitesInText';

const OPEN = `import { open } from 'node:fs/promises';\n`;

/** The mutants of the only site of a text, by what was done, with blanks squeezed. */
function mutantsOf(text: string): Record<string, string> {
  const [site, ...others] = sitesInText(OPEN + text).sites;
  assert.ok(site !== undefined && others.length === 0, 'one site is expected');
  return Object.fromEntries(site.mutants.map(({ mutation, text: mutant }) => [mutation, mutant.slice(OPEN.length).replace(/\s+/g, ' ')]));
}

describe('bench: mutants', () => {
  it('deletes the release statement, and moves it out of its finally', () => {
    const mutants = mutantsOf('async function f() { const h = await open("a"); try { await h.stat(); } finally { await h.close(); } }');
    assert.deepEqual(mutants, {
      deleted: 'async function f() { const h = await open("a"); try { await h.stat(); } finally { ; } }',
      'out-of-finally': 'async function f() { const h = await open("a"); { await h.stat(); } { await h.close(); } }',
    });
  });

  it('deletes nothing where a stream is read to its end', () => {
    const reading = (rest: string): string[] => {
      const { sites, excluded } = sitesInText(`async function f(stream: ReadableStream, take: (x: unknown) => Promise<void>) { const reader = stream.getReader(); try { while (true) { const { done, value } = await reader.read(); if (done) break; ${rest} } } finally { reader.releaseLock(); } }`);
      return [...sites.flatMap(({ mutants }) => mutants.map(({ mutation }) => mutation)), ...excluded.map(({ reason }) => reason)];
    };
    assert.deepEqual(reading('await take(value);'), ['out-of-finally']);
    assert.deepEqual(reading('if (value === 1) break; await take(value);'), ['deleted', 'out-of-finally']);
  });

  it('keeps the catch where the finally has one', () => {
    const mutants = mutantsOf('async function f() { const h = await open("a"); try { await h.stat(); } catch (e) { throw e; } /* finally */ finally { await h.close(); } }');
    assert.equal(mutants['out-of-finally'], 'async function f() { const h = await open("a"); try { await h.stat(); } catch (e) { throw e; } /* finally */ { await h.close(); } }');
  });

  it('moves nothing out of the finally of a statement that always falls through', () => {
    const swallowed = mutantsOf('async function f() { let h; try { h = await open("a"); await h.stat(); } catch { console.log("no"); } finally { await h?.close(); } }');
    assert.deepEqual(Object.keys(swallowed), ['deleted']);
    const looping = mutantsOf('async function f() { let h; try { h = await open("a"); while (true) { if (await h.stat()) break; } } catch { console.log("no"); } finally { await h?.close(); } }');
    assert.deepEqual(Object.keys(looping), ['deleted']);
    const pure = mutantsOf('async function f() { const h = await open("a"); let n = 0; try { n += 1; } finally { await h.close(); } }');
    assert.deepEqual(Object.keys(pure), ['deleted']);
  });

  it('moves nothing where one statement cannot become two', () => {
    const mutants = mutantsOf('async function f(x: boolean) { const h = await open("a"); if (x) try { await h.stat(); } finally { await h.close(); } else await h.close(); }');
    assert.deepEqual(Object.keys(mutants), ['deleted']);
  });

  it('deletes the release in the catch alone', () => {
    const mutants = mutantsOf('async function f() { const h = await open("a"); try { await h.stat(); } catch (e) { await h.close(); throw e; } await h.close(); }');
    assert.equal(mutants['catch-deleted'], 'async function f() { const h = await open("a"); try { await h.stat(); } catch (e) { ; throw e; } await h.close(); }');
    assert.equal(mutants['deleted'], 'async function f() { const h = await open("a"); try { await h.stat(); } catch (e) { ; throw e; } ; }');
  });

  it('deletes the release before an early return alone', () => {
    const mutants = mutantsOf(
      'async function f(x: boolean) { const h = await open("a"); try { await h.stat(); if (x) { await h.close(); return 1; } } catch (e) { await h.close(); throw e; } await h.close(); return 2; }',
    );
    assert.match(mutants['branch-deleted'] ?? '', /if \(x\) \{ ; return 1; \} \} catch \(e\) \{ await h.close\(\); throw e; \} await h.close\(\)/);
  });

  it('replaces a release that is part of an expression by a value', () => {
    const mutants = mutantsOf('async function f() { const h = await open("a"); return h.stat().finally(() => h.close()); }');
    assert.equal(mutants['deleted'], 'async function f() { const h = await open("a"); return h.stat().finally(() => undefined); }');
  });

  it('keeps line ends', () => {
    const [site] = sitesInText(`${OPEN}async function f() {\n  const h = await open("a");\n  try {\n    await h.stat();\n  } finally {\n    await h\n      .close();\n  }\n}\n`).sites;
    for (const mutant of site?.mutants ?? []) assert.equal(mutant.text.split('\n').length, 11);
    assert.equal(site?.mutants.length, 2);
  });
});

describe('bench: mutation sites', () => {
  const CLOSED = 'async function f() { const h = await open("a"); try { await h.stat(); } finally { await h.close(); } }\n';

  it('takes what is released and has no finding', () => {
    assert.equal(sitesInText(OPEN + CLOSED).sites.length, 1);
    assert.equal(sitesInText(`${OPEN}async function f() { const h = await open("a"); await h.stat(); await h.close(); }`).sites.length, 0, 'a leak is no site');
    assert.equal(sitesInText(`${OPEN}async function f() { return open("a"); }`).sites.length, 0, 'what is handed on is no site');
    assert.equal(sitesInText(`${OPEN}const h = await open("a"); await h.close();`).sites.length, 0, 'a module keeps what it holds');
  });

  it('counts a function once, whatever file repeats it', () => {
    const met: Met = new Map();
    assert.equal(sitesInText(OPEN + CLOSED, met).sites.length, 1);
    assert.equal(sitesInText(`${OPEN}// moved\n${CLOSED}`, met, '/code/src/b.ts').sites.length, 0);
  });

  it('counts what packages ship twice once', () => {
    const met: Met = new Map();
    assert.equal(sitesInText(OPEN + CLOSED, met, '/code/src/store.ts').sites.length, 1);
    const compiled = OPEN + CLOSED.replace('const', 'var');
    assert.equal(sitesInText(compiled, met, '/code/dist/store.mjs').sites.length, 0);
    assert.equal(sitesInText(compiled, met, '/code/src/other.ts').sites.length, 1);
  });
});

describe('bench: files in a temporary directory', () => {
  const IMPORTS = `import fs from 'node:fs';\nimport os from 'node:os';\nimport path from 'node:path';\n`;
  const test = (folder: string): string => `${IMPORTS}function f() { const dir = ${folder}; const file = path.join(dir, 'a.txt'); try { fs.writeFileSync(file, 'a'); use(file); } finally { fs.unlinkSync(file); fs.rmdirSync(dir); } }`;

  it('are told by the site of the directory', () => {
    const { sites, excluded } = sitesInText(test(`fs.mkdtempSync(path.join(os.tmpdir(), 'a-'))`));
    assert.deepEqual(sites.map(({ resource }) => resource), ['fs.temporaryDirectory']);
    assert.deepEqual(excluded.map(({ resource, reason }) => [resource, reason]), [['fs.temporaryFile', 'it lies in a temporary directory of the same function, whose own site tells the same']]);
  });

  it('are sites of their own elsewhere', () => {
    assert.deepEqual(sitesInText(test('os.tmpdir()')).sites.map(({ resource }) => resource), ['fs.temporaryFile']);
  });
});

describe('bench: outcomes of mutants', () => {
  it('finds the leak that a mutation made, at the acquire', () => {
    const [site] = sitesInText(`${OPEN}async function f() { const h = await open("a"); try { await h.stat(); } finally { await h.close(); } }`).sites;
    assert.ok(site);
    const outcomes = site.mutants.map((mutant) => tryMutant(site, mutant, NOBODY));
    assert.deepEqual(outcomes.map((outcome) => [outcome.mutation, outcome.tier, isFound(outcome)]), [['deleted', 'definite', true], ['out-of-finally', 'definite', true]]);
  });

  it('says why a mutant stays silent', () => {
    const [site] = sitesInText(`${OPEN}import { keep } from 'keeper';\nasync function f() { const h = await open("a"); try { keep(h); } finally { await h.close(); } }`).sites;
    assert.ok(site);
    const deleted = site.mutants.find(({ mutation }) => mutation === 'deleted');
    assert.ok(deleted);
    const outcome = tryMutant(site, deleted, NOBODY);
    assert.equal(isFound(outcome), false);
    assert.equal(outcome.reason, 'unknown callee: keep');
  });

  it('refuses a mutant that does not parse', () => {
    const [site] = sitesInText(`${OPEN}async function f() { const h = await open("a"); try { await h.stat(); } finally { await h.close(); } }`).sites;
    assert.ok(site);
    assert.throws(() => tryMutant(site, { mutation: 'deleted', text: 'function (' }, NOBODY), /does not parse/);
  });
});
