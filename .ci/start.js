// npm start: builds what ships, and checks the example project with it.
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

if (run('esbuild.js') !== 0) process.exit(1);

const example = 'examples/leaky-project';
console.log(`
Managed Scope finds resources that are acquired and not surely released.
Here is what it says of ${example}, a small service in which every file leaks something,
beside the same code that does not leak. Each finding is followed by the path that proves it.
`);
const status = run('dist/cli.js', 'check', example);
// 1 is what the example is for; 2 means that the command could not do its work.
if (status > 1) process.exit(status);
console.log(`
In an editor's terminal each file:line:column above is a link to the acquire.
Open the folder ${example} there, mend a leak, and check again:

  node dist/cli.js check ${example}

On a project of your own:

  node ${path.join(path.relative(process.cwd(), root) || '.', 'dist', 'cli.js')} check path/to/project
`);
