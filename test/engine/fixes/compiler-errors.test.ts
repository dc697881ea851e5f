import assert from 'node:assert/strict';
import path from 'node:path';
import { fixesOfCompilerError, REPAIRED_COMPILER_ERRORS } from '../../../src/engine/fixes/compiler-errors';
import { applyEdits } from '../../../src/engine/fixes/edit/plan';
import { answerAll } from '../../../src/workspace/drive';
import { typeTexts } from '../harness/types';
import { compile } from './harness/compiler';
import { FIX_FIXTURES, NODE_24 } from './harness/fixture';
import { parseWithComments } from './harness/make';

const CASES: readonly { readonly what: string; readonly code: number; readonly before: string; readonly after: string }[] = [
  {
    what: '`using` on what is released asynchronously',
    code: 2850,
    before: "import { open } from 'node:fs/promises';\nexport async function f(): Promise<number> {\n  using handle = await open('a');\n  return handle.fd;\n}\n",
    after: "import { open } from 'node:fs/promises';\nexport async function f(): Promise<number> {\n  await using handle = await open('a');\n  return handle.fd;\n}\n",
  },
  {
    what: '`using` on what has no symbol',
    code: 2850,
    before: "import { watch } from 'node:fs';\nexport function f(): void {\n  using watcher = watch('a');\n  watcher.ref();\n}\n",
    after: "import { watch } from 'node:fs';\nexport function f(): void {\n  using stack = new DisposableStack();\n  const watcher = stack.adopt(watch('a'), (w) => { w.close(); });\n  watcher.ref();\n}\n",
  },
  {
    what: '`await using` on what has no symbol',
    code: 2851,
    before: "import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function f(): Promise<void> {\n  // one at a time\n  await using client = await pool.connect();\n  await client.query('select 1');\n}\n",
    after: "import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function f(): Promise<void> {\n  // one at a time\n  await using stack = new AsyncDisposableStack();\n  const client = stack.adopt(await pool.connect(), (c) => { c.release(); });\n  await client.query('select 1');\n}\n",
  },
  {
    what: 'a plain value',
    code: 2850,
    before: 'export function f(): number {\n  using list = [1, 2];\n  return list.length;\n}\n',
    after: '',
  },
];

const errorsOf = (text: string) => compile([text], '.ts')[0] ?? [];

describe('fixes of compiler errors', () => {
  for (const { what, code, before, after } of CASES) {
    it(`${what}: ${after === '' ? 'nothing is offered' : 'repaired, and the compiler says so'}`, () => {
      const errors = errorsOf(before).filter((error) => REPAIRED_COMPILER_ERRORS.has(error.code));
      assert.deepEqual(errors.map((error) => error.code), [code]);
      const [error] = errors;
      const [typed] = typeTexts([{ file: path.join(FIX_FIXTURES, 'compiler-error.ts'), pretendPath: 'src/compiler-error.ts', text: before }]);
      assert.ok(error && typed);
      const fixes = answerAll(fixesOfCompilerError(parseWithComments('src/compiler-error.ts', before), error, NODE_24), typed.answer);
      if (after === '') {
        assert.deepEqual(fixes, []);
        return;
      }
      const [fix] = fixes;
      assert.ok(fix, 'nothing is offered');
      assert.equal(applyEdits(before, fix.edits), after);
      assert.deepEqual(errorsOf(after), []);
    });
  }
});
