// npm run editor [folder]: opens a real editor with the extension loaded, on a copy of the example project or on the folder.
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

for (const step of [['esbuild.js'], ['esbuild.js', '--tests']]) if (run(...step) !== 0) process.exit(1);
process.exit(run('--enable-source-maps', 'out/test/extension/host/editor.js', ...process.argv.slice(2).map((folder) => path.resolve(folder))));
