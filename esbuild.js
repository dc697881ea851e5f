// Builds what ships (dist/, or the folder after --out) or, with --tests, transpiles src and test file by file into out/ for mocha.
// One script for both, so that tests run what the same compiler made.
const { build } = require('esbuild');
const { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { execFileSync } = require('node:child_process');
const path = require('node:path');
const { notices } = require('./.ci/notices');

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

/** TypeScript is a file of its own beside the bundles that use it: three bundles with a copy each would weigh three times as much. Its old second name is the same module. */
const shareTypeScript = {
  name: 'share-typescript',
  setup({ onResolve }) {
    onResolve({ filter: /^typescript(?:\/lib\/tsserverlibrary)?$/ }, () => ({ path: './typescript.js', external: true }));
  },
};

/** The names of node types as enums that esbuild reads, so that it writes each use as the string it is. As the package has them, every use is two accessors deep, a tenth of an analysis' time. */
const inlineNodeTypes = {
  name: 'inline-node-types',
  setup({ onLoad }) {
    const enums = require('@typescript-eslint/types');
    const contents = ['AST_NODE_TYPES', 'AST_TOKEN_TYPES']
      .map((name) => `export enum ${name} { ${Object.entries(enums[name]).map(([key, value]) => `${key} = ${JSON.stringify(value)}`).join(', ')} }`)
      .join('\n');
    onLoad({ filter: /@typescript-eslint[\\/]types[\\/]dist[\\/]index\.js$/ }, () => ({ contents, loader: 'ts' }));
  },
};

/** What ships, by the name of its bundle. The command line is a small file that parses arguments, and what it loads: with TypeScript in it to check, without to list models. The language server is one by itself: editors start it as it is, `managed-scope lsp` loads it. */
const ENTRIES = { cli: 'src/cli/main.ts', check: 'src/cli/check.ts', models: 'src/cli/models.ts', server: 'src/server/main.ts', extension: 'src/extension/extension.ts' };

/** Puts the copy of the runtime beside the bundles, and what a registry says of its package where that is really it. */
function shipRuntime(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of ['managed-scope.ts', 'managed-scope.js']) cpSync(path.join('src/runtime/dist/copy', name), path.join(folder, name));
  const npm = process.env.npm_execpath;
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'];
  const options = { cwd: 'src/runtime', encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };
  const said = npm?.endsWith('.js') ? execFileSync(process.execPath, [npm, ...args], options) : execFileSync('npm', args, { ...options, shell: process.platform === 'win32' });
  const { name, version, integrity } = JSON.parse(said)[0];
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify({ name, version, integrity })}\n`);
}

async function product() {
  const out = process.argv.includes('--out') ? process.argv[process.argv.indexOf('--out') + 1] : 'dist';
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const minify = process.argv.includes('--minify');
  const shipped = { ...common, outdir: out, bundle: true, minify, sourcemap: !minify, metafile: true, legalComments: 'none' };
  const results = [
    await build({ ...shipped, entryPoints: { typescript: 'typescript' }, minify: true, sourcemap: false }),
    await build({
      ...shipped,
      entryPoints: ENTRIES,
      // Its UMD build hides its own files from bundlers.
      alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
      plugins: [shareTypeScript, inlineNodeTypes],
      // The editor brings it.
      external: ['vscode'],
      banner: { js: '#!/usr/bin/env node' },
    }),
  ];
  // TypeScript looks for its library declarations beside the file that runs it.
  const lib = path.dirname(require.resolve('typescript'));
  for (const file of readdirSync(lib)) if (/^lib\..*\.d\.ts$|^lib\.d\.ts$/.test(file)) cpSync(path.join(lib, file), path.join(out, file));
  writeFileSync(path.join(out, 'THIRD_PARTY_NOTICES.txt'), notices(results.map(({ metafile }) => metafile)));
  // Editors look here for what managed-scope.json may hold.
  cpSync('src/configuration/managed-scope.schema.json', path.join(out, 'managed-scope.schema.json'));
  await (await import('./src/runtime/build.mjs')).build();
  shipRuntime(path.join(out, 'runtime'));
  if (!existsSync(path.join(out, 'cli.js'))) throw new Error('the command line was not built');
}

(process.argv.includes('--tests') ? tests() : product()).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
