// npm run package [file]: builds minified bundles and packs them into a VSIX. It works in a folder of its own, and leaves dist/ alone.
const { spawnSync } = require('node:child_process');
const { cpSync, mkdirSync, readFileSync, rmSync, statSync } = require('node:fs');
const path = require('node:path');
const { createVSIX, listFiles, PackageManager } = require('@vscode/vsce');

const root = path.join(__dirname, '..');
const stage = path.join(root, '.cache', 'package');
const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const packagePath = path.resolve(process.argv[2] ?? path.join(root, `${name}-${version}.vsix`));

async function run() {
  rmSync(stage, { recursive: true, force: true });
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  for (const file of [...files.filter((one) => !one.startsWith('dist/')), '.vscodeignore']) {
    mkdirSync(path.join(stage, path.dirname(file)), { recursive: true });
    cpSync(path.join(root, file), path.join(stage, file));
  }
  mkdirSync(path.dirname(packagePath), { recursive: true });
  const { status } = spawnSync(process.execPath, [path.join(root, 'esbuild.js'), '--minify', '--out', path.join(stage, 'dist')], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  // Everything is bundled: there are no dependencies to look for. Links stay as they are: what they lead to is in the package, or nowhere on the web.
  await createVSIX({ cwd: stage, packagePath, dependencies: false, rewriteRelativeLinks: false, allowMissingRepository: true });
  console.log(`${path.relative(process.cwd(), packagePath)}: ${(statSync(packagePath).size / 1e6).toFixed(2)} MB`);
}

run().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
