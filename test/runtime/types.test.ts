// The types of the built package against compilers old and new: what must compile does, what must not does not [rows 3, 23].
import { strict as assert } from 'node:assert';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { dist, packageFolder, root } from './support/builds';
import { run, tools } from './support/tools';

// A consumer with and without the library declarations of the proposal, of a browser, of Node.
const libraries = {
  'neither the proposal nor a host': { lib: ['es2022'], types: [] },
  'lib esnext.disposable': { lib: ['es2022', 'esnext.disposable'], types: [] },
  'lib dom': { lib: ['es2022', 'dom'], types: [] },
  '@types/node': { lib: ['es2022'], types: ['node'] },
  everything: { lib: ['esnext', 'dom'], types: ['node'] },
};
const [bare, proposal, , node] = Object.keys(libraries);
// The oldest and the newest with everything; those between with what is theirs alone to get wrong.
const compilers: Readonly<Record<string, readonly (string | undefined)[]>> = {
  '5.2': Object.keys(libraries),
  '5.9': [bare, proposal],
  '6': [node],
  '7': Object.keys(libraries),
};
const fixture = path.join(root, 'test', 'runtime', 'types', 'fixtures', 'consumer.ts');

interface Installed {
  readonly folder: string;
  compiler(version: string): string;
}

async function consumers(): Promise<Installed> {
  const installed = await tools();
  const folder = path.join(installed, 'types-consumer');
  const linked = path.join(folder, 'node_modules', 'managed-scope');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(linked, { recursive: true });
  for (const part of ['package.json', 'dist']) cpSync(path.join(packageFolder, part), path.join(linked, part), { recursive: true });
  return {
    folder,
    compiler: (version) =>
      version === '6' ? createRequire(__filename).resolve('typescript/bin/tsc') : path.join(installed, 'node_modules', `typescript-${version}`, 'bin', 'tsc'),
  };
}

/** Compiles one file in a project of its own. @returns the lines of the errors and their codes. */
async function errorsOf({ folder, compiler }: Installed, version: string, name: string, text: string, options: object): Promise<string[]> {
  const project = path.join(folder, `${version}-${name}`.replace(/\W+/g, '-'));
  mkdirSync(project, { recursive: true });
  const file = path.join(project, /commonjs/i.test(name) ? 'consumer.cts' : 'consumer.mts');
  writeFileSync(file, text);
  const compilerOptions = { target: 'es2022', module: 'nodenext', moduleResolution: 'nodenext', strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false, ...options };
  writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [path.basename(file)] }));
  const { stdout } = await run(process.execPath, [compiler(version), '-p', project, '--pretty', 'false'], { cwd: project });
  return stdout.split('\n').filter((line) => /error TS\d+/.test(line));
}

describe('runtime types', function () {
  this.timeout(300_000);
  let installed: Installed;
  const text = readFileSync(fixture, 'utf8');
  before(async () => void (installed = await consumers()));

  for (const [version, names] of Object.entries(compilers)) {
    for (const [name, options] of Object.entries(libraries).filter(([name]) => names.includes(name))) {
      it(`TypeScript ${version}, ${name}`, async () => {
        assert.deepEqual(await errorsOf(installed, version, name, text, options), []);
      });
    }

    it(`TypeScript ${version}, CommonJS`, async () => {
      assert.deepEqual(await errorsOf(installed, version, 'CommonJS', text, libraries['@types/node']), []);
    });

    it(`TypeScript ${version}: what must not compile fails for the reason that it gives`, async () => {
      const lines = text.split('\n');
      const expected = lines.flatMap((line, at) => {
        // Compilers differ in which code they give to one or two of them.
        const code = /@ts-expect-error (TS[\d|TS]+):/.exec(line)?.[1];
        return code === undefined ? [] : [{ line: String(at + 2), codes: code.split('|') }];
      });
      assert.ok(expected.length >= 16, `${expected.length} lines`);
      const undirected = lines.map((line) => line.replace('@ts-expect-error', '')).join('\n');
      const errors = await errorsOf(installed, version, 'undirected', undirected, libraries['@types/node']);
      const found = errors.map((line) => /\((\d+),\d+\): error (TS\d+)/.exec(line)?.slice(1) ?? []);
      assert.deepEqual(found.map(([line]) => line), expected.map(({ line }) => line));
      expected.forEach(({ codes }, at) => assert.ok(codes.includes(found[at]?.[1] ?? ''), errors[at]));
    });

    it(`TypeScript ${version}: the one file, as source and as declarations, under strict options`, async () => {
      const strict = { noUnusedLocals: true, noUnusedParameters: true, noUncheckedIndexedAccess: true, noImplicitOverride: true, isolatedModules: true, noPropertyAccessFromIndexSignature: false };
      const unchecked = readFileSync(path.join(dist, 'copy', 'managed-scope.ts'), 'utf8');
      const source = unchecked.replace(/^\/\/ @ts-nocheck.*\n/m, '');
      assert.notEqual(source, unchecked);
      assert.deepEqual(await errorsOf(installed, version, 'one file', source, { ...strict, ...libraries['@types/node'] }), []);
      // In a project that is looser, and in one that is stricter, it makes no errors of its own.
      const loose = { strict: false, exactOptionalPropertyTypes: false, lib: ['es2019'], types: [], isolatedModules: true };
      for (const options of [loose, { ...strict, noPropertyAccessFromIndexSignature: true, ...libraries['@types/node'] }]) assert.deepEqual(await errorsOf(installed, version, 'one file copied', unchecked, options), []);
      if (version !== '5.2' && version !== '7') return;
      const declarations = readFileSync(path.join(dist, 'copy', 'managed-scope.d.ts'), 'utf8');
      assert.deepEqual(await errorsOf(installed, version, 'one file declared', declarations, libraries['neither the proposal nor a host']), []);
    });
  }
});
