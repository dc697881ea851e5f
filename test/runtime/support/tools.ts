// Installs what the tests run the package against, once, into a folder that git ignores.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './builds';

const cache = path.join(root, '.cache');

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; shell?: boolean } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const out = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (out.stderr += text));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...out }));
  });
}

/** Runs npm as whoever runs the tests has it. @throws Error with its output when it fails. */
export async function npm(cwd: string, ...args: string[]): Promise<Ran> {
  const all = [...args, '--no-audit', '--no-fund', '--prefer-offline'];
  const own = process.env.npm_execpath;
  const ran = own?.endsWith('.js')
    ? await run(process.execPath, [own, ...all], { cwd })
    : await run('npm', all, { cwd, shell: process.platform === 'win32' });
  if (ran.status !== 0) throw new Error(`npm ${args.join(' ')} failed\n${ran.stdout}${ran.stderr}`);
  return ran;
}

let installed: Promise<string> | undefined;

/** The folder in which what tools/package.json names can be resolved. */
export const tools = (): Promise<string> => (installed ??= install());

async function install(): Promise<string> {
  const from = path.join(root, 'test', 'runtime', 'tools');
  const to = path.join(cache, 'runtime-tools');
  const stamp = path.join(to, 'installed');
  const wanted = createHash('sha256').update(readFileSync(path.join(from, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return to;
  mkdirSync(to, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(path.join(from, file), path.join(to, file));
  await npm(to, 'ci');
  writeFileSync(stamp, wanted);
  return to;
}

/** The path of a Node of this version, or why there is none for this machine. */
export async function nodeOf(version: string): Promise<string | { missing: string }> {
  if (process.versions.node === version) return process.execPath;
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = path.join(cache, `node-${version}`);
  const binary = path.join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    try {
      await npm(folder, 'install', '--no-save', '--no-package-lock', `${name}@${version}`);
    } catch (error) {
      return { missing: `Node ${version} for ${system}-${process.arch}: ${String(error)}` };
    }
  }
  return binary;
}
