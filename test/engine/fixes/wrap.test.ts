import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/engine/fixes/edit/plan';
import type { WrapResult } from '../../../src/engine/fixes/fix';
import { wrap } from '../../../src/engine/fixes/wrap/wrap';
import { answerAll, NOBODY } from '../../../src/workspace/drive';
import { parseSource } from '../../../src/workspace/parse';
import { newTypeErrors, type Change } from './harness/compiler';
import { NODE_24 } from './harness/fixture';
import { parseWithComments } from './harness/make';

const OPEN = "import { open } from 'node:fs/promises';\n";
const PG = "import { Pool } from 'pg';\nconst pool = new Pool();\n";
const SYNC = "import { closeSync, openSync, readSync } from 'node:fs';\n";

/** What the cases have made, to be compiled together. */
const made: Change[] = [];

/** Wraps what stands between two `|`, or what is under a single one. */
function wrapMarked(marked: string, ability = NODE_24): { result: WrapResult; text: string } {
  const [before = '', selected = '', after] = marked.split('|');
  const text = marked.replaceAll('|', '');
  const end = after === undefined ? before.length : before.length + selected.length;
  return { result: answerAll(wrap(parseWithComments('src/a.ts', text), { start: before.length, end }, ability), NOBODY), text };
}

function wrapped(marked: string, ability = NODE_24): string {
  const { result, text } = wrapMarked(marked, ability);
  if ('refused' in result) assert.fail(result.refused);
  const [choice] = result.choices;
  const after = applyEdits(text, choice?.edits ?? []);
  assert.deepEqual(parseSource('src/a.ts', after).errors, []);
  made.push({ before: text, after: [after] });
  return after;
}

function refusal(marked: string, ability = NODE_24): string {
  const { result } = wrapMarked(marked, ability);
  return 'refused' in result ? result.refused : assert.fail('it is not refused');
}

describe('wrap in a managed scope', () => {
  it('gives the resource under the cursor a scope, also where nothing is wrong', () => {
    const text = "import { open } from 'node:fs/promises';\nexport async function f(p: string) {\n  const f|h = await open(p);\n  try {\n    await fh.stat();\n  } finally {\n    await fh.close();\n  }\n}\n";
    assert.equal(wrapped(text), "import { open } from 'node:fs/promises';\nexport async function f(p: string) {\n  await using fh = await open(p);\n  await fh.stat();\n}\n");
  });

  it('puts selected statements into a block that releases what they acquire, with control flow as it is', () => {
    assert.equal(
      wrapped(`${OPEN}async function* f(this: { n: number }, list: string[]) {\n  for (const one of list) {\n    |const fh = await open(one);\n    if (one === "") continue; // none\n    if (one === "end") break;\n    yield await fh.read(this.n);\n    if (arguments.length > 2) return;\n    await fh.close();|\n    console.log(one);\n  }\n}\n`),
      `${OPEN}async function* f(this: { n: number }, list: string[]) {\n  for (const one of list) {\n    {\n      await using fh = await open(one);\n      if (one === "") continue; // none\n      if (one === "end") break;\n      yield await fh.read(this.n);\n      if (arguments.length > 2) return;\n    }\n    console.log(one);\n  }\n}\n`,
    );
  });

  it('offers a choice where there is one, best first', () => {
    const { result } = wrapMarked(`${OPEN}async function f(p: string) {\n  |const fh = await open(p);\n  await fh.stat();\n  await fh.close();|\n  return p;\n}\n`);
    assert.deepEqual('choices' in result && result.choices.map(({ title }) => title), ['Wrap in a scope that releases `fh`: `await using`', 'Wrap in a scope that releases `fh`: a stack, `await using`', 'Release `fh` by try/finally']);
    const { result: plain } = wrapMarked(`${OPEN}async function f(p: string) {\n  |const fh = await open(p);\n  await fh.stat();\n  await fh.close();|\n  return p;\n}\n`, { ...NODE_24, style: 'try-finally' });
    assert.equal('choices' in plain && plain.choices[0]?.shape, 'try-finally');
  });

  it('has one stack for all that has no symbol, and takes their releases out of one `finally`', () => {
    const text = `${PG}${OPEN}async function f(p: string) {\n  |const client = await pool.connect();\n  const other = await pool.connect();\n  const fh = await open(p);\n  try {\n    await client.query(await fh.readFile('utf8'));\n  } finally {\n    await fh.close();\n    other.release();\n    client.release();\n  }|\n  console.log(p);\n}\n`;
    const adopted = (name: string): string => `    ${name === 'client' ? 'const client = ' : ''}stack.adopt(await pool.connect(), (${name.charAt(0)}) => { ${name.charAt(0)}.release(); });\n`;
    const body = (fh: string): string => `${PG}${OPEN}async function f(p: string) {\n  {\n    await using stack = new AsyncDisposableStack();\n${adopted('client')}${adopted('other')}    ${fh}\n    await client.query(await fh.readFile('utf8'));\n  }\n  console.log(p);\n}\n`;
    assert.equal(wrapped(text), body('await using fh = await open(p);'));
    const { result } = wrapMarked(text);
    if ('refused' in result) assert.fail(result.refused);
    assert.deepEqual(result.choices.map(({ title }) => title), ['Wrap in a scope that releases `client`, `other` and `fh`: `await using` and a stack', 'Wrap in a scope that releases `client`, `other` and `fh`: a stack, `await using`']);
    assert.equal(applyEdits(text.replaceAll('|', ''), result.choices[1]?.edits ?? []), body("const fh = stack.adopt(await open(p), async (f) => { await f.close(); });"));
  });

  it('makes no block where the selection goes to the end of its own', () => {
    assert.equal(
      wrapped(`${PG}async function f() {\n  console.log(1);\n  |const client = await pool.connect();\n  const { rows } = await client.query('x');\n  client.release();\n  return rows;|\n}\n`),
      `${PG}async function f() {\n  console.log(1);\n  await using stack = new AsyncDisposableStack();\n  const client = stack.adopt(await pool.connect(), (c) => { c.release(); });\n  const { rows } = await client.query('x');\n  return rows;\n}\n`,
    );
    assert.equal(
      wrapped(`${PG}async function f() {\n  |const client = await pool.connect();\n  const other = await pool.connect();\n  await client.query('x');\n  other.release();\n  client.release();|\n}\n`),
      `${PG}async function f() {\n  await using stack = new AsyncDisposableStack();\n  const client = stack.adopt(await pool.connect(), (c) => { c.release(); });\n  const other = stack.adopt(await pool.connect(), (o) => { o.release(); });\n  await client.query('x');\n}\n`.replace("const other = stack.adopt(await pool.connect(), (o) => { o.release(); });", 'stack.adopt(await pool.connect(), (o) => { o.release(); });'),
    );
  });

  it('takes the acquire alone for a cursor on it', () => {
    assert.equal(wrapped(`${OPEN}async function f(p: string) {\n  |const fh = await open(p);|\n  await fh.stat();\n  await fh.close();\n}\n`), `${OPEN}async function f(p: string) {\n  await using fh = await open(p);\n  await fh.stat();\n}\n`);
  });

  it('uses the sync stack where nothing may wait, and imports it where it is no global', () => {
    assert.equal(
      wrapped(`${SYNC}function f(stack: string) {\n  |const fd = openSync(stack);\n  readSync(fd, Buffer.alloc(1));\n  closeSync(fd);|\n  console.log(stack);\n}\n`, { ...NODE_24, stacks: false }),
      `${SYNC}import { DisposableStack } from 'managed-scope';\n\nfunction f(stack: string) {\n  {\n    using stack2 = new DisposableStack();\n    const fd = stack2.adopt(openSync(stack), (f) => closeSync(f));\n    readSync(fd, Buffer.alloc(1));\n  }\n  console.log(stack);\n}\n`.replace('\n\nfunction', '\nfunction'),
    );
  });

  it('declares in front what is used behind, and takes a release behind along', () => {
    assert.equal(
      wrapped(`${PG}async function f() {\n  |const client = await pool.connect();\n  const one = await client.query('1');\n  const { rows } = await client.query('2');|\n  client.release();\n  return [one, rows];\n}\n`),
      `${PG}async function f() {\n  let one, rows;\n  {\n    await using stack = new AsyncDisposableStack();\n    const client = stack.adopt(await pool.connect(), (c) => { c.release(); });\n    one = await client.query('1');\n    ({ rows } = await client.query('2'));\n  }\n  return [one, rows];\n}\n`,
    );
  });

  it('takes the types along of what it declares in front', () => {
    assert.equal(
      wrapped(`${OPEN}async function f(p: string) {\n  |const fh = await open(p);\n  const value: unknown = JSON.parse(await fh.readFile('utf8'));\n  const { size }: { size: number } = await fh.stat();\n  const more = size + 1;\n  await fh.close();|\n  console.log(size, more);\n  return () => value;\n}\n`),
      `${OPEN}async function f(p: string) {\n  let value: unknown, size, more;\n  {\n    await using fh = await open(p);\n    value = JSON.parse(await fh.readFile('utf8'));\n    ({ size } = await fh.stat());\n    more = size + 1;\n  }\n  console.log(size, more);\n  return () => value;\n}\n`,
    );
  });

  it('does not let a pattern go on with the line before, where nobody writes semicolons', () => {
    assert.equal(
      wrapped(`${OPEN}async function f(p: string) {\n  |const fh = await open(p);\n  const { size } = await fh.stat();\n  const [first] = [size];\n  await fh.close();|\n  return [first, size];\n}\n`.replaceAll(';', '')),
      `${OPEN}async function f(p: string) {\n  let size, first;\n  {\n    await using fh = await open(p);\n    #({ size } = await fh.stat());\n    #[first] = [size];\n  }\n  return [first, size];\n}\n`.replaceAll(';', '').replaceAll('#', ';'),
    );
  });

  it('defers what begins on something that is there already', () => {
    assert.equal(
      wrapped("import { Client } from 'pg';\nasync function f() {\n  const client = new Client();\n  |await client.connect();\n  await client.query('x');\n  await client.end();|\n  console.log(1);\n}\n"),
      "import { Client } from 'pg';\nasync function f() {\n  const client = new Client();\n  {\n    await using stack = new AsyncDisposableStack();\n    await client.connect();\n    stack.defer(async () => { await client.end(); });\n    await client.query('x');\n  }\n  console.log(1);\n}\n",
    );
  });

  it('gives a block to what a module does at its top, and to a clause of a `switch`', () => {
    assert.equal(
      wrapped(`${SYNC}|const fd = openSync('a');\nreadSync(fd, Buffer.alloc(1));\ncloseSync(fd);|\nconsole.log(1);\n`),
      `${SYNC}{\n  using stack = new DisposableStack();\n  const fd = stack.adopt(openSync('a'), (f) => { closeSync(f); });\n  readSync(fd, Buffer.alloc(1));\n}\nconsole.log(1);\n`,
    );
    assert.match(wrapped(`${SYNC}function f(n: number) {\n  switch (n) {\n    case 1:\n      |const fd = openSync('a');\n      readSync(fd, Buffer.alloc(1));\n      closeSync(fd);|\n  }\n}\n`), /case 1:\n {6}\{\n {8}using stack/);
  });

  it('takes comments at either end along, and keeps line ends', () => {
    const text = `${SYNC}function f() {\n|  // first\n  const fd = openSync('a');\n  closeSync(fd);\n  // last\n|  f();\n}\n`.replaceAll('\n', '\r\n');
    assert.equal(wrapped(text).slice(SYNC.length + 1), "function f() {\n  // first\n  {\n    using stack = new DisposableStack();\n    stack.adopt(openSync('a'), (f) => { closeSync(f); });\n  }\n  // last\n  f();\n}\n".replaceAll('\n', '\r\n'));
  });

  it('leaves to the fixes what a block cannot do: committing', () => {
    const { result } = wrapMarked(`${PG}async function f() {\n  const client = await pool.connect();\n  |await client.query('BEGIN');\n  await client.query('x');\n  await client.query('COMMIT');|\n  client.release();\n}\n`);
    assert.deepEqual('choices' in result && result.choices.map(({ shape }) => shape), ['callback-scope', 'try-finally']);
  });

  it('writes a `try` where `using` does not compile', () => {
    const text = `${PG}async function f() {\n  |const client = await pool.connect();\n  const { rows } = await client.query('x');\n  client.release();|\n  return rows;\n}\n`;
    assert.match(wrapped(text, { ...NODE_24, using: false, stacks: false }), /try \{\n {4}const \{ rows \}.*\n {4}return rows;\n {2}\} finally \{\n {4}client\.release\(\);/);
  });

  for (const [name, marked, reason] of [
    ['half a statement', 'function f() {\n  f(|);\n  f|();\n}\n', 'does not consist of whole statements'],
    ['what acquires nothing', 'async function f() {\n  |await f();|\n  f();\n}\n', 'Nothing in the selection acquires'],
    ['what is in a scope already', `${OPEN}async function f(p: string) {\n  |await using fh = await open(p);\n  await fh.stat();|\n  return p;\n}\n`, '`fh` is in a scope already'],
    ['what is in a scope already, at the cursor', `${OPEN}async function f(p: string) {\n  await using f|h = await open(p);\n  await fh.stat();\n}\n`, '`fh` is in a scope already'],
    ['what acquires deeper down', `${SYNC}function f(list: string[]) {\n  |for (const one of list) {\n    const fd = openSync(one);\n    closeSync(fd);\n  }|\n  f([]);\n}\n`, 'in a block of its own'],
    ['a resource that is returned', `${PG}async function f() {\n  |const client = await pool.connect();\n  if (client) return client;|\n  return undefined;\n}\n`, '`client` is returned'],
    ['a release that nobody could wait for', "import { Pool } from 'pg';\nfunction f(given: string) {\n  |const pool = new Pool();\n  pool.query(given);|\n  f(given);\n}\n", 'has to be awaited'],
    ['a resource that is used behind', "import { open } from 'node:fs/promises';\nasync function f(p: string) {\n  |const fh = await open(p);\n  await fh.stat();|\n  await fh.read();\n  await fh.close();\n}\n", '`fh` holds a resource'],
    ['a function that is used behind', `${SYNC}function f() {\n  |const fd = openSync('a');\n  function g() {}\n  closeSync(fd);|\n  g();\n}\n`, '`g` is declared in the selection'],
    ['what a later function uses', `${SYNC}function f() {\n  |const fd = openSync('a');\n  const x = readSync(fd, Buffer.alloc(1));\n  closeSync(fd);|\n  return () => x;\n}\n`, '`x` is used by a function'],
    ['an import', "|import 'a';|\n", 'Imports and exports'],
    ['a place without a resource', 'function f() {\n  |f();\n}\n', 'There is no resource under the cursor'],
    ['a resource that goes elsewhere', "import { open } from 'node:fs/promises';\nasync function f(p: string, keep: { fh?: unknown }) {\n  const f|h = await open(p);\n  keep.fh = fh;\n}\n", '`fh` has no scope'],
  ] as const) {
    it(`refuses ${name}, and says why`, () => {
      assert.ok(refusal(marked).includes(reason), refusal(marked));
    });
  }

  it('leaves code against which the compiler has no more to say than before', function () {
    this.timeout(60_000);
    assert.ok(made.length >= 10);
    assert.deepEqual(newTypeErrors('.ts', made), []);
  });

  it('refuses several resources where `using` does not compile', () => {
    assert.match(refusal(`${SYNC}function f() {\n  |const one = openSync('a');\n  const other = openSync('b');\n  closeSync(other);\n  closeSync(one);|\n  f();\n}\n`, { ...NODE_24, using: false }), /does not compile/);
  });
});
