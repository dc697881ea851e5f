import assert from 'node:assert/strict';
import { buildFlowGraph } from '../../../src/engine/flow/build';
import { gradeThrow } from '../../../src/engine/flow/grade';
import type { ThrowGrade, ThrowKnowledge } from '../../../src/engine/flow/grade';
import type { FlowNodeKind } from '../../../src/engine/flow/graph';
import { collectFlowRoots } from '../../../src/engine/flow/roots';
import { parseLinked } from './flow-fixtures';

/** The grade of the last node of this kind in a piece of code. */
function gradeOf(code: string, kind: FlowNodeKind, knowledge?: ThrowKnowledge): ThrowGrade {
  const [, root] = collectFlowRoots(parseLinked(`async function* f() { ${code} }`, 'grade.ts'));
  assert(root !== undefined);
  const node = buildFlowGraph(root).nodes.findLast((candidate) => candidate.kind === kind);
  assert(node !== undefined, `${code} has no ${kind}`);
  return gradeThrow(node, knowledge);
}

const CALLS: Readonly<Record<ThrowGrade, readonly string[]>> = {
  likely: [
    'JSON.parse(text)',
    'new URL(text)',
    'decodeURIComponent(text)',
    'BigInt(text)',
    'fs.readFileSync(p)',
    'statSync(p)',
    "openSync('a', 'r')",
    'child_process.execSync(command)',
    'assert(ok)',
    'assert(false)',
    'assert.equal(a, b)',
  ],
  unlikely: [
    'work(x)',
    'this.work()',
    'x.work?.()',
    'new Widget()',
    'sql`select ${x}`',
    'xs.map(work)',
    'xs.map((x) => work(x))',
    'xs.forEach((x) => { throw x; })',
    'stmt.run()',
    'fs.watchFile(p, work)',
    '(() => work())()',
    'new RegExp(text)',
  ],
  never: [
    'console.log(x)',
    'console.assert(x)',
    'Math.max(1, 2)',
    'Date.now()',
    'Object.keys(x)',
    'Array.isArray(x)',
    'String(x)',
    'parseInt(x)',
    'performance.now()',
    'xs.push(x)',
    "a.b.split(',')",
    'map.get(x)',
    'map?.set(x, y)',
    'emitter.on(name, work)',
    'clearTimeout(t)',
    'setTimeout(work, 1)',
    'path.join(a, b)',
    'new Map()',
    'new Error(x)',
    'new HttpError(x)',
    'new Promise(work)',
    'Buffer.from(x)',
    'this.logger.info(x)',
    'req.log.warn(x)',
    'log(x)',
    'appLogger.debug(x)',
    'resolve(x)',
    'process.exit(1)',
    'Promise.all(xs)',
    'fs.existsSync(p)',
    "JSON.parse('{}')",
    "new URL('https://example.org')",
    'xs.map((x) => x.y)',
    'xs.filter((x) => names.has(x))',
    'xs.forEach((x) => out.push(() => work(x)))',
    '(async () => work())()',
    'String.raw`${x}`',
  ],
};

const AWAITS: Readonly<Record<ThrowGrade, readonly string[]>> = {
  likely: ['promise', 'work()', 'this.ready', 'Promise.all(xs)', 'new Promise((resolve, reject) => work(resolve, reject))', 'x.then(work)', 'fs.promises.open(p)'],
  unlikely: ['work().catch(() => { retry(); })', 'work().then(a, b)', 'new Promise((resolve) => server.close(resolve))'],
  never: [
    'sleep(10)',
    'delay(10)',
    'setTimeout(10)',
    'timers.setTimeout(10)',
    'work().catch(() => {})',
    'Promise.resolve(x)',
    'Promise.allSettled(xs)',
    'null',
    'new Promise((resolve) => setTimeout(resolve, 10))',
    'new Promise((resolve) => { setImmediate(resolve); })',
  ],
};

const GRADES: readonly ThrowGrade[] = ['likely', 'unlikely', 'never'];

describe('grades of throw edges', () => {
  for (const grade of GRADES) {
    it(`calls that throw: ${grade}`, () => {
      for (const code of CALLS[grade]) assert.equal(gradeOf(`${code};`, 'call'), grade, code);
    });
    it(`awaited: ${grade}`, () => {
      for (const code of AWAITS[grade]) assert.equal(gradeOf(`await ${code};`, 'await'), grade, code);
    });
  }

  it('other nodes', () => {
    assert.equal(gradeOf('throw x;', 'throw'), 'likely');
    assert.equal(gradeOf('for await (const x of xs);', 'iterate'), 'likely');
    assert.equal(gradeOf('for (const x of xs);', 'iterate'), 'unlikely');
    assert.equal(gradeOf('for (const x of [1, 2]);', 'iterate'), 'never');
    assert.equal(gradeOf('for (const x of Object.keys(o));', 'iterate'), 'never');
    assert.equal(gradeOf('for (const x in o);', 'iterate'), 'never');
    assert.equal(gradeOf('yield x;', 'yield'), 'unlikely');
    assert.equal(gradeOf('using x = y;', 'dispose'), 'unlikely');
    assert.equal(gradeOf('const { a } = x;', 'assign'), 'unlikely');
    assert.equal(gradeOf('const a = x;', 'assign'), 'never');
    assert.equal(gradeOf('if (x) y = 1;', 'test'), 'never');
  });

  it('what is known of the callee speaks first', () => {
    const never: ThrowKnowledge = { summary: () => 'never' };
    const throws: ThrowKnowledge = { summary: () => 'throws' };
    assert.equal(gradeOf('work();', 'call', never), 'never');
    assert.equal(gradeOf('await work();', 'await', never), 'never');
    assert.equal(gradeOf('JSON.parse(x);', 'call', never), 'never');
    assert.equal(gradeOf('xs.push(x);', 'call', throws), 'likely');
    assert.equal(gradeOf('await sleep(1);', 'await', throws), 'likely');
    assert.equal(gradeOf('work();', 'call', { summary: () => undefined }), 'unlikely');
  });

  it('is asked about the call itself, also from within a callback', () => {
    const asked: string[] = [];
    const knowledge: ThrowKnowledge = {
      summary: (call) => {
        if (call.type === 'CallExpression' && call.callee.type === 'Identifier') asked.push(call.callee.name);
        return call.type === 'CallExpression' && call.callee.type === 'Identifier' ? 'never' : undefined;
      },
    };
    assert.equal(gradeOf('xs.map((x) => work(x));', 'call', knowledge), 'never');
    assert.deepEqual(asked, ['work']);
  });
});
