import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { applyEdits, getNodeValue, modify, parseTree } from 'jsonc-parser';
import { explainFileError } from '../../workspace/read';
import { runtimeCopy, shippedRuntime, type RuntimePackage } from '../../workspace/runtimeCopy';
import type { FixConfiguration } from '../../workspace/ability';
import { Failure } from '../failure';
import { replaceFile, writeBeside } from './write';

/** Copies the runtime to where the settings say. Throws a Failure when it may not lie there. */
export function addCopy(settings: FixConfiguration, modules: 'esm' | 'cjs', write: boolean): string {
  const copy = runtimeCopy(settings, modules);
  if ('refused' in copy) throw new Failure(`cannot copy the runtime: ${copy.refused}`);
  if (!write) return copy.path;
  try {
    mkdirSync(path.dirname(copy.path), { recursive: true });
    writeBeside(copy.path, copy.text);
  } catch (error) {
    throw new Failure(`cannot copy the runtime to ${copy.path}: ${explainFileError(error)}`);
  }
  return copy.path;
}

/**
 * Adds the runtime to a package.json. Only if the registry in use shows it with the integrity that this tool knows: the name must not be one
 * that somebody else has. Throws a Failure otherwise, with nothing written.
 */
export function addDependency(manifest: string, section: 'dependencies' | 'devDependencies'): void {
  const runtime = shippedRuntime();
  if (integrityInRegistry(runtime, path.dirname(manifest)) !== runtime.integrity) {
    throw new Failure(`the registry in use does not show ${runtime.name} ${runtime.version} as this tool knows it; --add-runtime copy needs no registry`);
  }
  const before = readFileSync(manifest, 'utf8');
  const written = replaceFile(manifest, before, withDependency(before, section, runtime));
  if ('refused' in written) throw new Failure(`cannot add the runtime to ${manifest}: ${written.refused}`);
}

/** The text with one more dependency, among the others by name, indented as the file is. */
function withDependency(text: string, section: string, { name, version }: RuntimePackage): string {
  const indent = /^[\t ]+(?=")/m.exec(text)?.[0] ?? '  ';
  const formattingOptions = { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  const tree = parseTree(text);
  if (tree?.type !== 'object') throw new Failure('the package.json holds no object');
  return applyEdits(text, modify(text, [section, name], `^${version}`, { formattingOptions, getInsertionIndex: (names) => [...names, name].sort().indexOf(name) }));
}

/** What npm's registry, as it is configured in the folder, states of the package. Asked only when a person wants the dependency. */
function integrityInRegistry({ name, version }: RuntimePackage, folder: string): unknown {
  const { status, stdout } = spawnSync('npm', ['view', `${name}@${version}`, 'dist.integrity', '--json'], { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  const tree = status === 0 ? parseTree(stdout) : undefined;
  const value: unknown = tree && getNodeValue(tree);
  return value;
}
