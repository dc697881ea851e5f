import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Installed } from './install';

export interface ServerOptions {
  /** VS Code's own test mode: it runs the suite that the page's address names, and shows no toasts and no dialogs. */
  readonly automation?: boolean;
  /** Folders start untrusted, as they do for a person who has not answered the question yet. */
  readonly restricted?: boolean;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packaged extensions to install first. */
  readonly extensions?: readonly string[];
  /** The port to listen on; 0 (default): any. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A running VS Code server. */
export interface Server {
  /** Where its workbench is: `http://127.0.0.1:port`. */
  readonly origin: string;
  /** Where it keeps settings, logs and state; removed with it. */
  readonly data: string;
  /** How the extension host ended, once it has. */
  readonly hostExited: Promise<{ readonly code: string; readonly signal: string }>;
  /** What it has said so far. */
  log(): string;
  stop(): Promise<void>;
}

const SETTINGS = {
  // As on the desktop: the browser's default is to save by itself.
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'js/ts.tsserver.automaticTypeAcquisition.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

const START_LIMIT_MS = 120_000;

/** Starts the server on the loopback address. @throws with its log when it does not come up. */
export async function startServer({ node, vscode }: Installed, options: ServerOptions = {}): Promise<Server> {
  // Short names: sockets lie below, and their paths have a limit.
  const folder = mkdtempSync(path.join(tmpdir(), 'msh-'));
  const data = path.join(folder, 'd');
  const own = path.join(folder, 't');
  mkdirSync(path.join(data, 'data', 'User'), { recursive: true });
  mkdirSync(own);
  writeFileSync(path.join(data, 'data', 'User', 'settings.json'), JSON.stringify({ ...SETTINGS, ...options.settings }));
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: own, XDG_RUNTIME_DIR: own, ...options.env };
  // Options of the process that runs the tests are not meant for the editor.
  delete env['NODE_OPTIONS'];
  const folders = ['--server-data-dir', data, '--extensions-dir', path.join(folder, 'x')];
  for (const extension of options.extensions ?? []) {
    const { status, stdout, stderr } = spawnSync(node, ['out/server-main.js', ...folders, '--install-extension', path.resolve(extension)], { cwd: vscode, env, encoding: 'utf8' });
    if (status !== 0 || !/successfully installed/.test(stdout)) throw new Error(`${extension} could not be installed\n${stdout}${stderr}`);
  }
  const server = spawn(
    node,
    [
      'out/server-main.js', '--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off',
      ...(options.automation ? ['--enable-smoke-test-driver'] : []), ...(options.restricted ? [] : ['--disable-workspace-trust']), ...folders,
    ],
    { cwd: vscode, env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const gone = once(server, 'exit');
  let log = '';
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = pattern.exec(log);
        if (found) resolve(found);
      };
      for (const stream of [server.stdout, server.stderr]) stream.on('data', look);
    });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk: Buffer) => { log += chunk.toString(); });
  const stop = async (): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM');
      const timer = setTimeout(() => server.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(timer);
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  const timer = setTimeout(() => server.kill('SIGKILL'), START_LIMIT_MS);
  const started = await Promise.race([said(/Web UI available at (\S+)/), gone]);
  clearTimeout(timer);
  if (server.exitCode !== null || server.signalCode !== null) {
    await stop();
    throw new Error(`the VS Code server did not start\n${log}`);
  }
  const exited = said(/Extension Host Process exited with code: (\S+), signal: (\S+?)\./);
  return {
    origin: String(started[1]),
    data,
    hostExited: exited.then(([, code = '', signal = '']) => ({ code, signal })),
    log: () => log,
    stop,
  };
}
