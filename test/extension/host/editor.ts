// What `npm run editor` runs: the desktop VS Code of this machine where there is one, else the server build with its address printed.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { copyExample } from './example';
import { hasDisplay } from './executable';
import { installHost } from './install';
import { startServer } from './server';
import { addressOf } from './workbench';

/** Opens a window of the desktop VS Code. False: there is none that can be started. */
function openDesktop(folder: string): boolean {
  const code = process.env['MANAGED_SCOPE_VSCODE'] ?? 'code';
  if (code === 'hosted' || !hasDisplay) return false;
  const { status } = spawnSync(code, ['--new-window', `--extensionDevelopmentPath=${process.cwd()}`, folder], { stdio: 'ignore', shell: process.platform === 'win32' });
  return status === 0;
}

async function openHosted(folder: string): Promise<void> {
  const extension = path.resolve('.cache/editor/managed-scope.vsix');
  const { status } = spawnSync(process.execPath, ['.ci/package.js', extension], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('the extension could not be packaged');
  const server = await startServer(installHost(), { extensions: [extension] });
  console.log(`VS Code is at\n\n  ${addressOf(server.origin, folder)}\n\nOpen that in a browser; end it here with Ctrl+C.`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await server.stop();
}

async function run(): Promise<void> {
  const [, , given] = process.argv;
  const folder = given ?? copyExample();
  // A window of the desktop editor goes on when this ends, and with it the copy.
  if (openDesktop(folder)) return;
  try {
    await openHosted(folder);
  } finally {
    if (given === undefined) rmSync(path.dirname(folder), { recursive: true, force: true });
  }
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
