import assert from 'node:assert/strict';
import ts from 'typescript';
import { createAnswerer } from '../../src/types/answer';
import { installTypes, makeFolder, openProgram, type Asker, type Folder } from './project';

const MAIN = `
/// <reference types="node" />
import * as fs from 'node:fs';
import { open } from 'fs/promises';
import { createServer } from 'net';
import { Pool, type PoolClient, type Callable } from 'pg';
import { deep } from '@scope/pkg/deep';
import Default, { lease, listen } from './own';

declare const pool: Pool;
declare const maybe: PoolClient | null | undefined;
declare const either: PoolClient | Pool;
declare const anything: any;
declare const callable: Callable;

class Handle { async [Symbol.asyncDispose](): Promise<void> {} close(): void {} end?: () => void; kill = 'no'; }
class Lock extends Handle implements Disposable { [Symbol.dispose](): void {} quit = (): void => {}; }
declare namespace Inner { class Chain { add(): this; next(): Chain; fork(): Promise<Chain>; static make(): Chain; other(): Lock; } }
declare const chain: Inner.Chain;
const dispose: unique symbol = Symbol('dispose');
class Impostor { [dispose](): void {} }
const arrow = async (first: Handle, ...rest: Lock[]): Promise<Lock> => new Lock();
function fail(): never { throw new Error(); }
function generic<T extends Handle, U>(bound: T, free: U): void { bound; free; }
function tag(parts: TemplateStringsArray): Handle { return new Handle(); }
async function annotated(param: Handle, second: string): Promise<void> { param; }
const literal = { start(): Handle { return new Handle(); } };

fs.promises.open('a');
open('b');
createServer();
fs.openSync('c', 'r');
pool.connect();
maybe?.release(true);
new Pool();
new Lock();
deep();
new Default();
listen();
lease('a', new Handle());
anything.open();
anything();
callable('x');
chain.add();
chain.next();
chain.fork();
chain.other();
Inner.Chain.make();
arrow(new Handle());
fail();
process.exit(1);
tag\`x\`;
literal.start();
(chain.add)();
chain['next']();
[1].map(String);
setTimeout(fail, 1);
Promise.resolve(new Handle()).finally(fail);
new Impostor();
[either, pool, 'text', callable];
declare const statics: unknown;
[Lock, statics];
`;

const FILES = {
  'main.ts': MAIN,
  'own.ts': `export default class { close(): void {} }\nexport function listen(): void {}\n/**\n * One.\n * @acquires\n * @releases before - the one that it takes the place of\n * @returns it\n */\nexport const lease = (name: string, before?: { close(): void }): { close(): void } => ({ close() {} });\n`,
  'node_modules/@types/pg/index.d.ts': `
export class Pool { constructor(); connect(): Promise<PoolClient>; end(): Promise<void>; }
export interface ClientBase { query(text: string): Promise<unknown>; }
export interface PoolClient extends ClientBase { release(destroy?: boolean | Error): void; }
export interface Callable { (text: string): PoolClient; }
`,
  'node_modules/@types/pg/package.json': '{"name":"@types/pg","version":"8.0.0","types":"index.d.ts"}',
  'node_modules/@types/scope__pkg/deep.d.ts': 'export function deep(): void;',
  'node_modules/@types/scope__pkg/package.json': '{"name":"@types/scope__pkg","version":"1.0.0"}',
};

describe('types: answers about calls', () => {
  let folder: Folder;
  let asker: Asker;
  before(() => {
    folder = makeFolder(FILES);
    installTypes(folder, '@types/node', 'undici-types');
    asker = openProgram(folder);
  });
  after(() => folder.remove());

  const callees: readonly [call: string, expected: object | undefined][] = [
    [`fs.promises.open('a')`, { name: 'open', package: 'node:fs/promises' }],
    [`open('b')`, { name: 'open', package: 'node:fs/promises' }],
    ['createServer()', { name: 'createServer', package: 'node:net' }],
    [`fs.openSync('c', 'r')`, { name: 'openSync', package: 'node:fs' }],
    ['pool.connect()', { name: 'connect', container: 'Pool', package: 'pg' }],
    ['maybe?.release(true)', { name: 'release', container: 'PoolClient', package: 'pg' }],
    ['new Pool()', { name: 'Pool', package: 'pg' }],
    ['new Lock()', { name: 'Lock' }],
    ['deep()', { name: 'deep', package: '@scope/pkg' }],
    ['new Default()', { name: 'default' }],
    ['listen()', { name: 'listen' }],
    ['anything.open()', undefined],
    ['anything()', undefined],
    [`callable('x')`, { name: 'callable' }],
    ['chain.add()', { name: 'add', container: 'Chain' }],
    ['Inner.Chain.make()', { name: 'make', container: 'Chain' }],
    ['arrow(new Handle())', { name: 'arrow' }],
    ['process.exit(1)', { name: 'exit', container: 'Process', package: 'node:process' }],
    ['tag`x`', { name: 'tag' }],
    ['literal.start()', { name: 'start', container: 'literal' }],
    ['(chain.add)()', { name: 'add', container: 'Chain' }],
    [`chain['next']()`, { name: 'next', container: 'Chain' }],
    ['[1].map(String)', { name: 'map', container: 'Array', package: 'lib' }],
    ['setTimeout(fail, 1)', { name: 'setTimeout', package: 'node:timers' }],
    ['Promise.resolve(new Handle()).finally(fail)', { name: 'finally', container: 'Promise', package: 'lib' }],
  ];
  for (const [call, expected] of callees) {
    it(`names who declares ${call}`, () => assert.deepEqual(asker.call(call).callee, expected));
  }

  it('awaits the result and says that it was a promise', () => {
    const connect = asker.call('pool.connect()');
    assert.equal(connect.promise, true);
    assert.deepEqual(connect.result.symbol, { name: 'PoolClient', package: 'pg' });
    assert.deepEqual(connect.result.bases, [{ name: 'ClientBase', package: 'pg' }]);
    assert.deepEqual(connect.result.members, ['release']);
    assert.deepEqual(connect.receiver?.symbol, { name: 'Pool', package: 'pg' });
    assert.equal(asker.call('new Pool()').promise, false);
    assert.equal(asker.call('new Pool()').receiver, undefined);
  });

  it('reads the lifecycle tags of a declaration, wherever it lies', () => {
    assert.deepEqual(asker.call(`lease('a', new Handle())`).tags, [{ tag: 'acquires' }, { tag: 'releases', parameter: 1 }]);
    assert.equal(asker.call('listen()').tags, undefined);
  });

  it('describes a receiver as it is, not awaited', () => {
    const { receiver, result } = asker.call('Promise.resolve(new Handle()).finally(fail)');
    assert.deepEqual(receiver?.symbol, { name: 'Promise', package: 'lib' });
    assert.deepEqual(result.symbol, { name: 'Handle' });
  });

  it('knows the result of Node: a FileHandle that can be disposed of asynchronously', () => {
    const { result } = asker.call(`open('b')`);
    assert.deepEqual(result.symbol, { name: 'FileHandle', package: 'node:fs/promises' });
    assert.equal(result.asyncDispose, true);
    assert.equal(result.dispose, false);
    assert.ok(result.members.includes('close'));
  });

  it('tells both dispose symbols, and takes no other symbol of that name for one', () => {
    const { result: lock } = asker.call('new Lock()');
    assert.deepEqual([lock.dispose, lock.asyncDispose], [true, true]);
    const { result: impostor } = asker.call('new Impostor()');
    assert.deepEqual([impostor.dispose, impostor.asyncDispose], [false, false]);
  });

  it('lists release members that are methods: declared, optional or fields holding functions, not other values', () => {
    assert.deepEqual(asker.call('new Lock()').result.members, ['close', 'end', 'quit']);
  });

  it('lists bases and interfaces', () => {
    assert.deepEqual(asker.call('new Lock()').result.bases, [{ name: 'Handle' }, { name: 'Disposable', package: 'lib' }]);
    const names = asker.call('createServer()').result.bases.map((base) => base.name);
    assert.equal(names[0], 'EventEmitter');
    assert.ok(names.length <= 8);
  });

  const fluency: readonly [call: string, fluent: boolean][] = [
    ['chain.add()', true],
    ['chain.next()', true],
    ['chain.fork()', true],
    ['chain.other()', false],
    ['Inner.Chain.make()', false],
    ['pool.connect()', false],
    ['new Lock()', false],
  ];
  for (const [call, fluent] of fluency) it(`${fluent ? 'takes' : 'does not take'} ${call} for the receiver again`, () => assert.equal(asker.call(call).fluent, fluent));

  it('knows calls that never return', () => {
    assert.equal(asker.call('fail()').never, true);
    assert.equal(asker.call('process.exit(1)').never, true);
    assert.equal(asker.call('chain.add()').never, false);
  });

  it('describes the declared parameters, a rest parameter by its elements', () => {
    const { parameters } = asker.call('arrow(new Handle())');
    assert.deepEqual(parameters.map(({ symbol }) => symbol?.name), ['Handle', 'Lock']);
    const [callback] = asker.call('setTimeout(fail, 1)').parameters;
    assert.equal(callback?.callable, true);
    const [destroy] = asker.call('maybe?.release(true)').parameters;
    assert.equal(destroy?.primitive, false);
  });

  it('says that nothing is known of any', () => {
    const fact = asker.call('anything.open()');
    assert.equal(fact.result.opaque, true);
    assert.equal(fact.receiver?.opaque, true);
    assert.deepEqual(fact.parameters, []);
  });

  it('gives no answer where no such call is', () => {
    assert.equal(asker.ask({ kind: 'call', start: 0, end: 1 }), undefined);
    assert.equal(asker.ask({ kind: 'call', start: 10_000_000, end: 10_000_001 }), undefined);
    assert.equal(asker.ask({ kind: 'type', start: 5, end: 2 }), undefined);
  });
});

describe('types: answers about expressions', () => {
  let folder: Folder;
  let asker: Asker;
  before(() => {
    folder = makeFolder(FILES);
    installTypes(folder, '@types/node', 'undici-types');
    asker = openProgram(folder);
  });
  after(() => folder.remove());

  it('takes null and undefined off', () => assert.deepEqual(asker.type('maybe').type.symbol, { name: 'PoolClient', package: 'pg' }));
  it('names no symbol for a union that does not agree', () => {
    const { type } = asker.type('either', '[either');
    assert.equal(type.symbol, undefined);
    assert.equal(type.opaque, false);
  });
  it('gives a type parameter its constraint, and knows nothing of one without', () => {
    assert.deepEqual(asker.type('bound', 'bound; free').type.symbol, { name: 'Handle' });
    assert.equal(asker.type('free: U').type.opaque, true);
    assert.equal(asker.type('free', 'free; }').type.opaque, true);
  });
  it('finds a parameter by the range that ESTree gives it, annotation included', () => assert.deepEqual(asker.type('param: Handle').type.symbol, { name: 'Handle' }));
  it('knows primitives and callables', () => {
    assert.equal(asker.type(`'text'`).type.primitive, true);
    assert.equal(asker.type('callable').type.callable, true);
    assert.equal(asker.type('second: string').type.primitive, true);
  });
  it('does not take a class for its instances', () => assert.equal(asker.type('Lock', 'Lock, statics').type.symbol, undefined));
  it('knows nothing of unknown', () => assert.equal(asker.type('statics', 'statics]').type.opaque, true));
});

describe('types: who declares', () => {
  it('takes a `declare module` of the project for the package, and its augmentations too', () => {
    const folder = makeFolder({
      'main.ts': `import { open } from 'thing/sub';\nimport vscode from 'vscode';\nopen();\nvscode.watch();\n`,
      'ambient.d.ts': `declare module 'thing/sub' { export function open(): void; }\ndeclare module 'vscode' { namespace api { function watch(): void; } export default api; }\n`,
    });
    try {
      const asker = openProgram(folder, { rootDirs: [folder.at('ambient.d.ts')] });
      assert.deepEqual(asker.call('open()').callee, { name: 'open', package: 'thing' });
      assert.deepEqual(asker.call('vscode.watch()').callee, { name: 'watch', container: 'api', package: 'vscode' });
    } finally {
      folder.remove();
    }
  });

  it('takes the innermost node_modules of a path', () => {
    const folder = makeFolder({
      'main.ts': `import { run } from 'outer';\nrun();\n`,
      'node_modules/outer/package.json': '{"name":"outer","types":"index.d.ts"}',
      'node_modules/outer/index.d.ts': `export { run } from '@in/ner';`,
      'node_modules/outer/node_modules/@in/ner/package.json': '{"name":"@in/ner","types":"index.d.ts"}',
      'node_modules/outer/node_modules/@in/ner/index.d.ts': 'export function run(): void;',
    });
    try {
      assert.deepEqual(openProgram(folder).call('run()').callee, { name: 'run', package: '@in/ner' });
    } finally {
      folder.remove();
    }
  });

  it('survives a crash of the checker', () => {
    const folder = makeFolder({ 'main.ts': 'open();\n[open];\nfunction open(): void {}\n' });
    try {
      const program = ts.createProgram([folder.at('main.ts')], { types: [] });
      const checker = { ...program.getTypeChecker(), getResolvedSignature: () => assert.fail('crash') };
      const file = program.getSourceFile(folder.at('main.ts'));
      assert.ok(file);
      const answers = createAnswerer(ts, { ...program, getTypeChecker: () => checker }, file)([
        { kind: 'call', start: 0, end: 6 },
        { kind: 'type', start: 9, end: 13 },
      ]);
      assert.equal(answers[0], undefined);
      assert.equal(answers[1]?.kind, 'type');
    } finally {
      folder.remove();
    }
  });
});
