import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/engine/fixes/edit/plan';
import type { FixAbility, WrapResult } from '../../../src/engine/fixes/fix';
import { wrap } from '../../../src/engine/fixes/wrap/wrap';
import { answerAll, NOBODY } from '../../../src/workspace/drive';
import { parseSource } from '../../../src/workspace/parse';
import { parseWithComments } from './harness/make';

const ABILITY: FixAbility = { using: true, stacks: true, versions: { node: '>=24' }, modules: 'esm', typescript: true, runtime: { specifier: 'managed-scope', installed: true }, style: 'using' };

/** Wraps what stands between two `|`, or what is under a single one. */
function wrapMarked(marked: string, ability = ABILITY): { result: WrapResult; text: string } {
  const [before = '', selected = '', after] = marked.split('|');
  const text = marked.replaceAll('|', '');
  const end = after === undefined ? before.length : before.length + selected.length;
  return { result: answerAll(wrap(parseWithComments('src/a.ts', text), { start: before.length, end }, ability), NOBODY), text };
}

function wrapped(marked: string, ability = ABILITY): string {
  const { result, text } = wrapMarked(marked, ability);
  if ('refused' in result) assert.fail(result.refused);
  const [choice] = result.choices;
  const after = applyEdits(text, choice?.edits ?? []);
  assert.deepEqual(parseSource('src/a.ts', after).errors, []);
  return after;
}

function refusal(marked: string, ability = ABILITY): string {
  const { result } = wrapMarked(marked, ability);
  return 'refused' in result ? result.refused : assert.fail('it is not refused');
}

describe('wrap in a managed scope', () => {
  it('gives the resource under the cursor a scope, also where nothing is wrong', () => {
    const text = "import { open } from 'node:fs/promises';\nexport async function f(p: string) {\n  const f|h = await open(p);\n  try {\n    await fh.stat();\n  } finally {\n    await fh.close();\n  }\n}\n";
    assert.equal(wrapped(text), "import { open } from 'node:fs/promises';\nexport async function f(p: string) {\n  await using fh = await open(p);\n  await fh.stat();\n}\n");
  });

  it('puts selected statements into a block, with control flow as it is', () => {
    assert.equal(
      wrapped('async function* f(this: { n: number }, list: string[]) {\n  for (const one of list) {\n    |if (one === "") continue; // none\n    if (one === "end") break;\n    yield this.n;\n    if (arguments.length > 2) return;|\n  }\n}\n'),
      'async function* f(this: { n: number }, list: string[]) {\n  for (const one of list) {\n    {\n      await using stack = new AsyncDisposableStack();\n      if (one === "") continue; // none\n      if (one === "end") break;\n      yield this.n;\n      if (arguments.length > 2) return;\n    }\n  }\n}\n',
    );
  });

  it('uses the sync stack where nothing may wait, and imports it where it is no global', () => {
    assert.equal(
      wrapped('function f(stack: number) {\n  |console.log(stack);|\n}\n', { ...ABILITY, stacks: false }),
      "import { DisposableStack } from 'managed-scope';\n\nfunction f(stack: number) {\n  {\n    using stack2 = new DisposableStack();\n    console.log(stack);\n  }\n}\n",
    );
  });

  it('declares in front what is used behind', () => {
    assert.equal(
      wrapped('async function f(q: () => Promise<{ rows: string[] }>) {\n  |const one = await q();\n  const { rows } = await q();|\n  return [one, rows];\n}\n'),
      'async function f(q: () => Promise<{ rows: string[] }>) {\n  let one, rows;\n  {\n    await using stack = new AsyncDisposableStack();\n    one = await q();\n    ({ rows } = await q());\n  }\n  return [one, rows];\n}\n',
    );
  });

  it('takes comments at either end along', () => {
    assert.equal(wrapped('function f() {\n|  // first\n  f();\n  // last\n|  f();\n}\n').replaceAll('\n', ''), 'function f() {  // first  {    using stack = new DisposableStack();    f();  }  // last  f();}');
  });

  for (const [name, marked, reason] of [
    ['half a statement', 'function f() {\n  f(|);\n  f|();\n}\n', 'does not consist of whole statements'],
    ['a resource that is used behind', "import { open } from 'node:fs/promises';\nasync function f(p: string) {\n  |const fh = await open(p);|\n  await fh.close();\n}\n", '`fh` holds a resource'],
    ['a function that is used behind', 'function f() {\n  |function g() {}|\n  g();\n}\n', '`g` is declared in the selection'],
    ['what a later function uses', 'function f() {\n  |const x = f();|\n  return () => x;\n}\n', '`x` is used by a function'],
    ['an import', "|import 'a';|\n", 'Imports and exports'],
    ['a place without a resource', 'function f() {\n  |f();\n}\n', 'There is no resource under the cursor'],
    ['a resource that goes elsewhere', "import { open } from 'node:fs/promises';\nasync function f(p: string, keep: { fh?: unknown }) {\n  const f|h = await open(p);\n  keep.fh = fh;\n}\n", '`fh` has no scope'],
  ] as const) {
    it(`refuses ${name}, and says why`, () => {
      assert.ok(refusal(marked).includes(reason), refusal(marked));
    });
  }

  it('refuses a selection where `using` does not compile', () => {
    assert.match(refusal('function f() {\n  |f();|\n}\n', { ...ABILITY, using: false }), /does not compile/);
  });
});
