// What an import costs, bundled, minified and gzipped, against the targets.
import { strict as assert } from 'node:assert';
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { common, root } from './support/builds';
import { tools } from './support/tools';

const KB = 1024;
/** Bytes at most. A single import may take 1 KB, but for those below. */
const targets: Readonly<Record<string, number>> = {
  '*': 3.5 * KB,
  withManaged: KB,
  DisposableStack: 0.9 * KB,
  // withManaged and a wrapper round it.
  wrap: 1.1 * KB,
  // Each joins errors, finds releases and bounds them as withManaged does, and has ten methods on top of that.
  ExitStack: 1.2 * KB,
  AsyncExitStack: 1.6 * KB,
  scope: 1.7 * KB,
};

type Minify = (code: string, options: object) => Promise<{ code?: string }>;

/** The size of a module with these imports, as terser makes it smallest. */
async function sizeOf(minify: Minify, contents: string): Promise<number> {
  const { outputFiles } = await build({ stdin: { contents, resolveDir: root }, bundle: true, format: 'esm', target: 'es2022', write: false, logLevel: 'error' });
  const { code } = await minify(outputFiles[0]?.text ?? '', { module: true, ecma: 2022, compress: { passes: 2, ecma: 2022 } });
  assert.ok(code !== undefined);
  return gzipSync(code, { level: 9 }).length;
}

describe('runtime size', function () {
  this.timeout(300_000);
  let minify: Minify;
  before(async () => void ({ minify } = createRequire(path.join(await tools(), 'package.json'))('terser')));

  it('the whole and each import, within the targets', async () => {
    const sizes: Record<string, number> = { '*': await sizeOf(minify, "export * from 'managed-scope'") };
    for (const name of Object.keys(common).sort()) sizes[name] = await sizeOf(minify, `export { ${name} } from 'managed-scope'`);
    console.log(`      ${Object.entries(sizes).map(([name, size]) => `${name} ${size}`).join(', ')}`);
    const over = Object.entries(sizes).filter(([name, size]) => size > (targets[name] ?? KB));
    assert.deepEqual(over, []);
    assert.ok(Object.keys(sizes).length > 20);
  });

  it('what is not imported is not there', async () => {
    assert.equal(await sizeOf(minify, "import 'managed-scope'"), gzipSync('').length);
    assert.ok((await sizeOf(minify, "export { nullContext } from 'managed-scope'")) < 120);
    assert.ok((await sizeOf(minify, "import 'managed-scope/polyfill'")) > 1000);
  });
});
