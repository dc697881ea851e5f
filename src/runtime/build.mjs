// Builds the package: dist/*.js and *.cjs, a module each, so that bundlers drop what is not imported; their types; and
// dist/copy/, the whole of it in one file.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build as esbuild } from 'esbuild';
import { oneFile } from './one-file.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, 'dist');
const require = createRequire(import.meta.url);

/** The compiler, as the project has it. @throws with its output when it finds an error. */
function tsc(...args) {
  const result = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), ...args], { cwd: here, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`the runtime does not compile\n${result.stdout}${result.stderr}`);
}

const commonSpecifiers = (text) => text.replace(/(["'])(\.\/[\w-]+)\.js\1/g, '$1$2.cjs$1');

async function modules() {
  const entryPoints = readdirSync(here).filter((file) => file.endsWith('.ts')).map((file) => path.join(here, file));
  const common = { entryPoints, target: 'es2022', logLevel: 'warning', outbase: here };
  await esbuild({ ...common, format: 'esm', outdir: dist });
  const { outputFiles } = await esbuild({ ...common, format: 'cjs', platform: 'node', outdir: dist, write: false });
  for (const { path: file, text } of outputFiles) writeFileSync(file.replace(/\.js$/, '.cjs'), commonSpecifiers(text));
  tsc('-p', '.');
  for (const file of readdirSync(dist)) {
    if (file.endsWith('.d.ts')) writeFileSync(path.join(dist, file.replace(/\.ts$/, '.cts')), commonSpecifiers(readFileSync(path.join(dist, file), 'utf8')));
  }
}

async function copy() {
  const { name, version, license } = JSON.parse(readFileSync(path.join(here, 'package.json'), 'utf8'));
  const folder = path.join(dist, 'copy');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.ts`);
  // A project that has looser options than these, or stricter ones, means its own code by them.
  const header = [`// ${name} ${version}, ${license} licence: the whole package in one file, to be copied into a project.`, '/* eslint-disable */', '// @ts-nocheck: it was checked where it was made.'];
  const text = oneFile(here, header.join('\n'));
  writeFileSync(file, text);
  tsc('--ignoreConfig', file, '--declaration', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--strict', '--types', 'node');
}

/** Builds dist/ anew. */
export async function build() {
  rmSync(dist, { recursive: true, force: true });
  await modules();
  await copy();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build();
