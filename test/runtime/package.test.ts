// The package as it would be published: its checkers, what it holds, its one-file build, its polyfill, its README.
import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { behaviours } from './behaviours/index';
import { common, dist, packageFolder } from './support/builds';
import { npm, run, tools } from './support/tools';

describe('runtime package', function () {
  this.timeout(300_000);
  let folder = '';
  let tarball = '';
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'managed-scope-package-'));
    await npm(packageFolder, 'pack', '--pack-destination', folder);
    tarball = path.join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const tool = async (...parts: string[]): Promise<string> => path.join(await tools(), 'node_modules', ...parts);

  it('publint finds nothing', async () => {
    const { status, stdout, stderr } = await run(process.execPath, [await tool('publint', 'src', 'cli.js'), 'run', packageFolder, '--strict']);
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /All good!/);
  });

  it('attw finds nothing, however the package is resolved', async () => {
    const { status, stdout, stderr } = await run(process.execPath, [await tool('@arethetypeswrong', 'cli', 'dist', 'index.js'), tarball, '--format', 'json']);
    assert.equal(status, 0, stdout + stderr);
    const { analysis } = JSON.parse(stdout);
    assert.deepEqual(analysis.problems, []);
    assert.deepEqual(Object.keys(analysis.entrypoints), ['.', './polyfill', './package.json']);
  });

  it('has no dependencies, and of sources only the one file', async () => {
    const manifest = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
    assert.deepEqual(Object.keys(manifest).filter((key) => /dependencies/i.test(key)), []);
    const listed = JSON.parse((await npm(packageFolder, 'pack', '--dry-run', '--json')).stdout);
    const files: string[] = (Array.isArray(listed) ? listed[0] : Object.values(listed)[0]).files.map(({ path: file }: { path: string }) => file);
    assert.deepEqual(files.filter((file) => !file.startsWith('dist/')).sort(), ['LICENSE', 'README.md', 'package.json', 'polyfill/package.json']);
    assert.deepEqual(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts')), ['dist/copy/managed-scope.ts']);
  });

  it('importing it touches no global, importing the polyfill adds what is missing and nothing else', async () => {
    const script = `const before = new Map(Object.getOwnPropertyNames(globalThis).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)?.value]));
      const added = () => Object.getOwnPropertyNames(globalThis).filter((key) => !before.has(key)).sort().join();
      const api = require('managed-scope'); const none = added();
      require('managed-scope/polyfill');
      const stack = new DisposableStack();
      console.log(JSON.stringify([none, added(), Object.keys(globalThis).some((key) => /Stack|Suppressed/.test(key)), api.DisposableStack === DisposableStack,
        SuppressedError === api.SuppressedError, typeof [][Symbol.iterator]()[Symbol.dispose], typeof (async function* () {})()[Symbol.asyncDispose], stack[Symbol.dispose] === stack.dispose]));`;
    const { stdout, stderr } = await run(process.execPath, ['-e', script]);
    assert.equal(stderr, '');
    assert.deepEqual(JSON.parse(stdout), ['', 'AsyncDisposableStack,DisposableStack,SuppressedError', false, true, true, 'function', 'function', true]);
  });

  it('the polyfill leaves alone what is there', async () => {
    const script = `class DisposableStack {} globalThis.DisposableStack = DisposableStack;
      require('managed-scope/polyfill');
      console.log(globalThis.DisposableStack === DisposableStack, typeof AsyncDisposableStack);`;
    assert.equal((await run(process.execPath, ['-e', script])).stdout.trim(), 'true function');
  });

  it('the one file behaves as the package does, compiled from its source and as it ships', async () => {
    const source = readFileSync(path.join(dist, 'copy', 'managed-scope.ts'), 'utf8');
    const { outputText } = ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
    writeFileSync(path.join(folder, 'from-source.mjs'), outputText);
    writeFileSync(path.join(folder, 'as-shipped.mjs'), readFileSync(path.join(dist, 'copy', 'managed-scope.js')));
    for (const file of ['from-source.mjs', 'as-shipped.mjs']) {
      const api = await import(pathToFileURL(path.join(folder, file)).href);
      assert.deepEqual(Object.keys(api).sort(), Object.keys(common).sort());
      for (const { name, run: behaviour } of behaviours(api)) {
        await assert.doesNotReject(async () => behaviour(), `${file}: ${name}`);
      }
    }
    assert.doesNotMatch(source, /^import /m);
  });

  it('every example of the README runs, and prints what it says', async () => {
    const readme = readFileSync(path.join(packageFolder, 'README.md'), 'utf8');
    const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');
    assert.ok(examples.length >= 12, `${examples.length} examples`);
    for (const [at, code] of examples.entries()) {
      assert.ok(code.trim().split('\n').length <= 20, `example ${at + 1} is long`);
      const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
      // Below the package, so that its name resolves to itself.
      const file = path.join(dist, `example-${at + 1}.mjs`);
      writeFileSync(file, outputText);
      const { status, stdout, stderr } = await run(process.execPath, [file]);
      rmSync(file);
      assert.equal(status, 0, `${code}\n${stderr}`);
      const expected = [...code.matchAll(/\/\/ prints (.*)/g)].map(([, line]) => line).join('\n');
      assert.equal(stdout.trim(), expected, code);
    }
  });
});
