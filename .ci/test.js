// npm test: builds what ships, transpiles the tests, runs them all. The last line is "N passed, N failed".
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');
const run = (file, ...args) => spawnSync(process.execPath, [path.join(root, file), ...args], { cwd: root, stdio: 'inherit' }).status ?? 1;

for (const step of [['esbuild.js'], ['esbuild.js', '--tests']]) {
  if (run(...step) !== 0) {
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
}
process.exit(run('node_modules/mocha/bin/mocha.js', ...process.argv.slice(2)));
