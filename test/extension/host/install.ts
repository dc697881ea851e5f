import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The server build of VS Code that the npm package carries, and the Node that it runs on. The two belong together. */
const CODE_SERVER = '4.139.1';
const NODE = '24.21.0';

/** Where a VS Code server build lies. */
export interface Installed {
  /** The Node executable to run it with. */
  readonly node: string;
  /** The folder of VS Code's own code: `out/server-main.js`. */
  readonly vscode: string;
}

/** The git-ignored folder of the host. MANAGED_SCOPE_VSCODE_HOST names another, to share one between clones. */
export const HOST_FOLDER = path.resolve(process.env['MANAGED_SCOPE_VSCODE_HOST'] ?? '.vscode-host');

const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

/** There is a build for this machine: the native modules are built here, and only for Linux has that been tried. */
export const canInstall = process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64');

/** What is installed; undefined where nothing is, or another version. */
export function findInstalled(folder = HOST_FOLDER): Installed | undefined {
  const mark = path.join(folder, '.ready');
  if (!existsSync(mark) || readFileSync(mark, 'utf8').trim() !== `${CODE_SERVER} ${NODE}`) return undefined;
  return { node: path.join(folder, 'node_modules', NODE_PACKAGE, 'bin', 'node'), vscode: path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode') };
}

/**
 * Puts a real VS Code (workbench, Node extension host, built-in extensions) into the folder; half a minute and 800 MB the first time, nothing to do the second.
 * @throws with npm's words when a step fails.
 */
export function installHost(folder = HOST_FOLDER): Installed {
  const there = findInstalled(folder);
  if (there) return there;
  console.log(`Installing a VS Code server build into ${path.relative('.', folder)} ...`);
  mkdirSync(folder, { recursive: true });
  for (const old of ['node_modules', '.ready']) rmSync(path.join(folder, old), { recursive: true, force: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  // Its own install script insists on running under its Node, so no scripts; what they do that matters follows.
  install(folder, '--no-save', `${NODE_PACKAGE}@${NODE}`, `code-server@${CODE_SERVER}`);
  const node = path.join(folder, 'node_modules', NODE_PACKAGE);
  const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const env = { ...process.env, PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`, npm_config_nodedir: node };
  // Not `npm ci`: the lock file that comes along is not complete.
  for (const at of [vscode, path.join(vscode, 'extensions')]) install(at, '--omit=dev');
  // Without the native logger the host runs and writes no log files. It takes a compiler to build.
  const native = npm(vscode, env, 'rebuild', '--loglevel=error', '@vscode/spdlog', '@vscode/native-watchdog');
  if (native.status !== 0) console.warn('The native logger of VS Code could not be built: the host will write no log files.');
  writeFileSync(path.join(folder, '.ready'), `${CODE_SERVER} ${NODE}\n`);
  return findInstalled(folder) ?? fail('the host is not where it was installed', '');

  function install(at: string, ...what: string[]): void {
    const { status, stderr } = npm(at, process.env, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...what);
    if (status !== 0) fail(`npm install failed in ${path.relative('.', at)}`, stderr);
  }
}

function npm(cwd: string, env: NodeJS.ProcessEnv, ...args: string[]): SpawnSyncReturns<string> {
  // What the npm that runs this tells its scripts is not meant for another folder's install.
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_(?:package|lifecycle|command)/.test(name)));
  return spawnSync('npm', args, { cwd, env: own, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
}

function fail(message: string, said: string): never {
  throw new Error(`${message}\n${said.split('\n').slice(-20).join('\n')}`);
}
