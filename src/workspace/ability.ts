import path from 'node:path';
import { coerce, gte, subset, validRange } from 'semver';
import ts from 'typescript';
import type { FixSettings } from '../configuration/settings';
import type { FixAbility } from '../engine/fixes/fix';
import { linesHave } from '../engine/resources/releaseLines';
import type { AdmittedVersions } from '../engine/resources/disposableSince';
import { MODELS } from '../engine/resources/index';
import { toCompilerPath, type FileSystem } from './filesystem';
import { isJavaScript } from './languages';
import { DEFAULT_OPTIONS } from './options';
import { installedPackage, nearestPackage, statedEngines } from './packages';
import type { Project } from './projects';
import { copySettings } from './runtimeCopy';
import { readProjectConfig } from './tsconfig';

/** The package that fixes import. */
const RUNTIME_PACKAGE = 'managed-scope';

/** Where the settings for fixes come from. */
export interface FixConfiguration extends FixSettings {
  /** The folder that `copyTo` is relative to. */
  readonly folder: string;
}

/** From when on `Symbol.dispose` and `Symbol.asyncDispose` are there, if not `using` itself. */
const SYMBOLS_SINCE = 'node 18.18.0, 20.4.0';

/** What a project is taken to run on that does not say: the release lines that were maintained lately. */
const USUAL_NODE = '^20.19.0 || >=22.12.0';

/**
 * What a file's code may use where it runs, as its project says: `engines`, the installed compiler's version, tsconfig, the files that
 * are there. Nothing of the project is executed.
 */
export function abilityOf(file: string, project: Project | undefined, settings: FixConfiguration, disk: FileSystem): FixAbility {
  const at = toCompilerPath(file);
  const folder = path.posix.dirname(at);
  const own = nearestPackage(folder, disk);
  const node = validRange(statedEngines(file, disk) ?? null) ?? USUAL_NODE;
  const typescript = !isJavaScript(file);
  const modules = /\.m[jt]s$/i.test(at) ? 'esm' : /\.c[jt]s$/i.test(at) ? 'cjs' : own?.type === 'module' ? 'esm' : 'cjs';
  const raw = project?.configPath === undefined ? undefined : readProjectConfig(project.configPath, disk).options;
  const using = typescript ? compilesUsing(folder, raw, node, disk) : runsUsing(node);
  return {
    using,
    stacks: using && runsUsing(node) && (!typescript || declaresStacks(raw, folder, disk)),
    versions: { ...installedVersions(folder, disk), node },
    modules,
    typescript,
    runtime: runtimeOf(at, folder, { project, raw, settings, disk, modules, typescript }),
    style: settings.style ?? 'using',
  };
}


/** Node parses `using` itself, and has the stacks. */
function runsUsing(node: string): boolean {
  return subset(node, '>=24.0.0');
}

const disposableSince = MODELS.flatMap(({ resources }) => resources.flatMap(({ disposable }) => disposable?.since.split(' ', 1)[0] ?? []));
/** Packages whose version decides whether their resources have a dispose symbol. */
const VERSIONED = [...new Set(disposableSince)].filter((name) => name !== 'node');

function installedVersions(folder: string, disk: FileSystem): AdmittedVersions {
  return Object.fromEntries(VERSIONED.map((name) => [name, installedPackage(name, folder, disk)?.version]));
}

/** The project's TypeScript compiles `using`, and what it makes of it runs there. */
function compilesUsing(folder: string, options: ts.CompilerOptions | undefined, node: string, disk: FileSystem): boolean {
  const compiler = coerce(installedPackage('typescript', folder, disk)?.version);
  if (compiler && !gte(compiler, '5.2.0')) return false;
  // Lowered code asks for the symbols when it runs.
  if (linesHave(SYMBOLS_SINCE, { node }) !== 'all') return false;
  // Types that are only stripped, and targets that have `using`, leave it to Node.
  const lowered = options?.erasableSyntaxOnly !== true && options?.target !== ts.ScriptTarget.ESNext;
  if (!lowered && !runsUsing(node)) return false;
  if (options?.importHelpers === true && lowered) {
    const tslib = coerce(installedPackage('tslib', folder, disk)?.version);
    if (tslib === null || !gte(tslib, '2.6.0')) return false;
  }
  return declaresStacks(options, folder, disk) || nodeTypesBring(options, folder, disk) === 'symbols';
}

/** The project's library files, or Node's types, have `Disposable` and the stacks. */
function declaresStacks(options: ts.CompilerOptions | undefined, folder: string, disk: FileSystem): boolean {
  if (options?.noLib === true) return false;
  if (nodeTypesBring(options, folder, disk) === 'stacks') return true;
  if (options?.lib) return options.lib.some((lib) => /^lib\.esnext(?:\.full|\.disposable)?\.d\.ts$/.test(lib));
  return options?.target === ts.ScriptTarget.ESNext;
}

/** Node's types had the symbols and the interfaces themselves for a while; later ones (24.2) ask for the compiler's library file, which has the stacks too. */
function nodeTypesBring(options: ts.CompilerOptions | undefined, folder: string, disk: FileSystem): 'symbols' | 'stacks' | undefined {
  // No types are wanted at all.
  if (options?.types?.length === 0) return undefined;
  const types = installedPackage('@types/node', folder, disk);
  if (types === undefined) return undefined;
  const at = path.posix.dirname(types.path);
  if (/<reference\s+lib="esnext\.disposable"/.test(disk.readFile(path.posix.join(at, 'index.d.ts')) ?? '')) return 'stacks';
  return disk.fileExists(path.posix.join(at, 'compatibility/disposable.d.ts')) ? 'symbols' : undefined;
}

interface RuntimeQuestion {
  readonly project: Project | undefined;
  readonly raw: ts.CompilerOptions | undefined;
  readonly settings: FixConfiguration;
  readonly disk: FileSystem;
  readonly modules: 'esm' | 'cjs';
  readonly typescript: boolean;
}

/** By which specifier the file imports the runtime, and whether that leads anywhere today. */
function runtimeOf(file: string, folder: string, { project, raw, settings, disk, modules, typescript }: RuntimeQuestion): FixAbility['runtime'] {
  const { copyTo, import: written } = settings.runtime ?? {};
  if (copyTo !== undefined && written === undefined) {
    const copy = toCompilerPath(path.resolve(settings.folder, copyTo));
    return { specifier: relativeSpecifier(folder, copy, raw, typescript, modules), installed: disk.fileExists(copy) };
  }
  const specifier = written ?? RUNTIME_PACKAGE;
  const options = { ...DEFAULT_OPTIONS, ...project?.options, allowJs: true };
  // A copy that was made without the configuration saying where.
  const usual = written === undefined ? copySettings(file, settings, disk) : undefined;
  const copied = usual?.runtime?.copyTo === undefined ? undefined : toCompilerPath(path.resolve(usual.folder, usual.runtime.copyTo));
  if (copied !== undefined && disk.fileExists(copied)) return { specifier: relativeSpecifier(folder, copied, raw, typescript, modules), installed: true };
  const resolved = ts.resolveModuleName(specifier, file, options, disk, undefined, undefined, modules === 'esm' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS).resolvedModule;
  return { specifier, installed: resolved !== undefined };
}

/** `./lib/managed-scope.js` where Node resolves, `./lib/managed-scope` where a bundler or CommonJS does. */
function relativeSpecifier(folder: string, copy: string, raw: ts.CompilerOptions | undefined, typescript: boolean, modules: 'esm' | 'cjs'): string {
  const relative = path.posix.relative(folder, copy);
  const dotted = relative.startsWith('.') ? relative : `./${relative}`;
  if (typescript && (raw?.allowImportingTsExtensions === true || raw?.rewriteRelativeImportExtensions === true)) return dotted;
  const nodeLike = raw?.module !== undefined && raw.module >= ts.ModuleKind.Node16 && raw.module <= ts.ModuleKind.NodeNext;
  if ((typescript && nodeLike && modules === 'esm') || (!typescript && modules === 'esm')) return dotted.replace(/\.([cm]?)tsx?$/, '.$1js');
  return dotted.replace(/\.tsx?$/, '').replace(/\.([cm])ts$/, '.$1js');
}
