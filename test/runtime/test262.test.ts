// TC39's own tests of what the polyfill installs, from a copy of test262 on this machine: TEST262 in the environment, or
// ../test262, or .cache/test262. Without a copy they are skipped, loudly; specified-stacks.ts stands in for them then.
import { strict as assert } from 'node:assert';
import { build } from 'esbuild';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { dist, root } from './support/builds';
import { nodeOf, run } from './support/tools';
import { metadataOf, modesOf } from './test262/metadata';
import { readFileSync } from 'node:fs';

const copy = [process.env.TEST262, path.join(root, '..', 'test262'), path.join(root, '.cache', 'test262')].find(
  (folder) => folder !== undefined && existsSync(path.join(folder, 'harness', 'assert.js')),
);

const folders = [
  'DisposableStack',
  'AsyncDisposableStack',
  'SuppressedError',
  'Symbol/dispose',
  'Symbol/asyncDispose',
  'Iterator/prototype/Symbol.dispose',
  'AsyncIteratorPrototype/Symbol.asyncDispose',
].map((folder) => `test/built-ins/${folder}`);

function testsBelow(folder: string): string[] {
  return readdirSync(path.join(copy ?? '', folder), { withFileTypes: true }).flatMap((entry) => {
    const at = `${folder}/${entry.name}`;
    return entry.isDirectory() ? testsBelow(at) : entry.name.endsWith('.js') ? [at] : [];
  });
}

// Cannot be passed by a library: the realm of a foreign new.target cannot be had without evaluating code in it ...
const otherRealm = /proto-from-ctor-realm/;
// ... the key is registered on purpose, so that other copies and Node's own objects meet under it ...
const registeredKey = /Symbol\/\w+\/no-key/;
// ... and a realm without `process` is not known to be Node's, so its keys differ from those of the main realm.
const mainRealmOnly = /Symbol\/\w+\/cross-realm/;

describe('runtime against test262', function () {
  this.timeout(300_000);
  let tests: string[] = [];
  const scripts = { runner: '', polyfill: '' };

  before(async function () {
    if (copy === undefined) {
      console.warn('SKIPPED: no copy of test262 is here; set TEST262 to the folder of one to run its tests against the polyfill');
      return this.skip();
    }
    tests = folders.flatMap(testsBelow);
    const outdir = path.join(root, '.cache', 'runtime-bundles');
    const entryPoints = { test262: path.join(root, 'test/runtime/test262/runner.ts') };
    await build({ entryPoints, outdir, bundle: true, platform: 'node', target: 'node20', outExtension: { '.js': '.cjs' } });
    await build({ entryPoints: { polyfill: path.join(dist, 'polyfill.js') }, outdir, bundle: true, format: 'iife', target: 'es2022' });
    scripts.runner = path.join(outdir, 'test262.cjs');
    scripts.polyfill = path.join(outdir, 'polyfill.js');
  });

  const runnerWith = async (node: string, flags: string[], ...args: string[]): Promise<Record<string, string>> => {
    const { status, stdout, stderr } = await run(node, [...flags, scripts.runner, copy ?? '', scripts.polyfill, ...args]);
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  };
  const check = (failures: Record<string, string>, where: string, allowed: RegExp[], target: number): void => {
    const passed = tests.length - Object.keys(failures).length;
    console.log(`      test262, ${where}: ${passed} of ${tests.length} pass`);
    const others = Object.entries(failures).filter(([file]) => !allowed.some((pattern) => pattern.test(file)));
    assert.deepEqual(others, []);
    assert.ok(passed >= target, `${passed} of ${tests.length}: fewer than ${target}`);
  };

  it('is of the size that the targets speak of', () => {
    assert.ok(tests.length >= 240, `${tests.length} tests`);
  });

  it('a fresh realm of this Node', async () => {
    check(await runnerWith(process.execPath, [], 'fresh', ...tests), 'fresh realm', [otherRealm, registeredKey], 235);
  });

  it('the main realm of this Node, a process for each test', async () => {
    const failures: Record<string, string> = {};
    const queue = tests.flatMap((file) => modesOf(metadataOf(readFileSync(path.join(copy ?? '', file), 'utf8'))).map((mode) => [file, mode] as const));
    const worker = async (): Promise<void> => {
      for (let next; (next = queue.pop()); ) Object.assign(failures, await runnerWith(process.execPath, [], 'own', ...next));
    };
    await Promise.all([worker(), worker()]);
    check(failures, 'main realm', [otherRealm, registeredKey, mainRealmOnly], 233);
  });

  it('Node 24 without the natives', async function () {
    const node = await nodeOf('24.21.0');
    if (typeof node !== 'string') {
      console.warn(`SKIPPED: ${node.missing}`);
      return this.skip();
    }
    const failures = await runnerWith(node, ['--no-js-explicit-resource-management'], 'fresh', ...tests);
    check(failures, 'Node 24 without the natives', [otherRealm], 237);
  });
});
