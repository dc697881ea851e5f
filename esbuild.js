// Builds what ships (dist/) or, with --tests, transpiles src and test file by file into out/ for mocha.
// One script for both, so that tests run what the same compiler made.
const { build } = require('esbuild');
const { cpSync, existsSync, mkdirSync, readdirSync, rmSync } = require('node:fs');
const path = require('node:path');

/** Sources below `folder`, as esbuild entry points. Fixtures are data, not code of ours. */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return ['fixtures', 'node_modules', 'dist', 'consumer'].includes(entry.name) ? [] : sources(at);
    return /\.[cm]?ts$/.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name) ? [at] : [];
  });
}

const common = { platform: 'node', target: 'node20', format: 'cjs', sourcemap: true, logLevel: 'warning' };

async function tests() {
  rmSync('out', { recursive: true, force: true });
  await build({ ...common, entryPoints: [...sources('src'), ...sources('test')], outdir: 'out', outbase: '.', bundle: false });
}

async function product() {
  rmSync('dist', { recursive: true, force: true });
  mkdirSync('dist', { recursive: true });
  const minify = process.argv.includes('--minify');
  await build({
    ...common,
    // The command line is a small file that parses arguments, and what it loads: with TypeScript in it to check, without to list models.
    entryPoints: { cli: 'src/cli/main.ts', check: 'src/cli/check.ts', models: 'src/cli/models.ts' },
    // Its UMD build hides its own files from bundlers.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    outdir: 'dist',
    bundle: true,
    minify,
    sourcemap: !minify,
    banner: { js: '#!/usr/bin/env node' },
  });
  // TypeScript looks for its library declarations beside the file that runs it.
  const lib = path.dirname(require.resolve('typescript'));
  for (const file of readdirSync(lib)) if (/^lib\..*\.d\.ts$|^lib\.d\.ts$/.test(file)) cpSync(path.join(lib, file), path.join('dist', file));
  // Editors look here for what managed-scope.json may hold.
  cpSync('src/configuration/managed-scope.schema.json', 'dist/managed-scope.schema.json');
  await (await import('./src/runtime/build.mjs')).build();
  if (!existsSync('dist/cli.js')) throw new Error('the command line was not built');
}

(process.argv.includes('--tests') ? tests() : product()).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
