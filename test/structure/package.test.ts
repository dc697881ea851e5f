import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { listFiles, PackageManager } from '@vscode/vsce';
import picomatch from 'picomatch';
import { brokenLinks } from './brokenLinks';

/** All that may ship. */
const SHIPS = [
  'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'assets/icon.png', 'dist/*.js', 'dist/lib*.d.ts', 'dist/managed-scope.schema.json', 'dist/THIRD_PARTY_NOTICES.txt', 'dist/runtime/*',
  'docs/{configuration,editors,fixes,models,runtime}.md', 'docs/rules/*.md', 'docs/walkthrough/*.md', 'docs/images/*.png', 'syntaxes/*.json',
];

/** Without these it does not work, or may not be passed on. */
const NEEDED = [
  'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'dist/cli.js', 'dist/check.js', 'dist/models.js', 'dist/server.js', 'dist/extension.js', 'dist/typescript.js', 'dist/lib.d.ts', 'dist/lib.esnext.disposable.d.ts',
  'dist/managed-scope.schema.json', 'dist/THIRD_PARTY_NOTICES.txt', 'dist/runtime/managed-scope.ts', 'dist/runtime/package.json', 'docs/rules/README.md',
];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function readManifest(file: string): Record<string, unknown> {
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isRecord(manifest) ? manifest : assert.fail(`${file} holds no object`);
}

/** A member of a member of a manifest, as text; the empty string where there is none. */
function textAt(manifest: Record<string, unknown>, outer: string, inner: string): string {
  const part = manifest[outer];
  const value = isRecord(part) ? part[inner] : undefined;
  return typeof value === 'string' ? value : '';
}

/** The files that a part of a manifest names, anywhere in it. Globs and addresses are none. */
function pathsIn(part: unknown): string[] {
  if (typeof part === 'string') return /^(?:\.\/)?[\w.-]+(?:\/[\w.-]+)+\.\w+$/.test(part) ? [part] : [];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(pathsIn) : [];
}

/** The files that `npm pack` would put into the package. */
function listForNpm(): string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'];
  const npm = process.env['npm_execpath'];
  const options = { encoding: 'utf8', stdio: 'pipe' } as const;
  const said = npm?.endsWith('.js') ? execFileSync(process.execPath, [npm, ...args], options) : execFileSync('npm', args, { ...options, shell: process.platform === 'win32' });
  const [pack]: unknown[] = [JSON.parse(said)].flat();
  const files = isRecord(pack) && Array.isArray(pack['files']) ? pack['files'] : assert.fail('npm names no files');
  return files.map((file: unknown) => (isRecord(file) && typeof file['path'] === 'string' ? file['path'] : assert.fail('npm names a file without a path'))).sort();
}

/** The files that the VSIX would hold, its own descriptions aside. */
async function listForEditor(): Promise<string[]> {
  const files = await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None });
  return files.map((file) => file.replaceAll('\\', '/')).sort();
}

const isAllowed = picomatch(SHIPS);
const strays = (files: readonly string[]): string[] => files.filter((file) => !isAllowed(file));

/** `1.96.0` of `^1.96.0`, as numbers that compare. */
function versionOf(range: string): readonly number[] {
  const match = /(\d+)\.(\d+)\.(\d+)/.exec(range) ?? assert.fail(`"${range}" is no version`);
  return match.slice(1).map(Number);
}

describe('the package', function () {
  // Both list every file of the working tree, caches too.
  this.timeout(180_000);
  let npm: readonly string[] = [];
  let editor: readonly string[] = [];

  before(async () => {
    npm = listForNpm();
    editor = await listForEditor();
  });

  it('holds what it needs, and nothing else', () => {
    for (const files of [npm, editor]) {
      assert.deepEqual(strays(files), []);
      assert.deepEqual(NEEDED.filter((file) => !files.includes(file)), []);
    }
  });

  it('is the same for npm and for the editor', () => {
    assert.deepEqual(npm, editor);
  });

  it('holds what its pages link to', () => {
    const files = new Set(editor);
    const pages = editor.filter((file) => file.endsWith('.md'));
    assert.ok(pages.includes('README.md') && pages.includes('docs/rules/README.md'));
    assert.deepEqual(pages.flatMap((page) => brokenLinks(page, readFileSync(page, 'utf8'), files)), []);
  });

  it('holds what its manifest starts', () => {
    const { bin, main, icon, contributes } = readManifest('package.json');
    const started = [...(isRecord(bin) ? Object.values(bin) : []), main, icon].map(String);
    assert.equal(started.length, 3);
    const shown = pathsIn(contributes);
    for (const kind of [/\.schema\.json$/, /\.tmLanguage\.json$/, /walkthrough\/.*\.md$/]) assert.ok(shown.some((file) => kind.test(file)), String(kind));
    assert.deepEqual([...started, ...shown].map((file) => file.replace(/^\.\//, '')).filter((file) => !npm.includes(file)), []);
  });

  it('brings everything along: it has no dependencies', () => {
    const manifest = readManifest('package.json');
    for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) assert.equal(manifest[kind], undefined, kind);
  });

  it('asks for no newer editor than it says', () => {
    const manifest = readManifest('package.json');
    const engine = versionOf(textAt(manifest, 'engines', 'vscode'));
    const { version } = readManifest('node_modules/@types/vscode/package.json');
    for (const types of [textAt(manifest, 'devDependencies', '@types/vscode'), String(version)]) assert.deepEqual(versionOf(types), engine);
  });

  it('would not let other files pass', () => {
    const others = ['src/cli/main.ts', 'test/structure/package.test.js', '.ci/test.js', 'out/src/cli/main.js', 'dist/cli.js.map', 'tsconfig.json', 'node_modules/typescript/package.json', 'docs/measuring.md', 'dist/sub/x.js', 'assets/icon.svg'];
    assert.deepEqual(strays(others), others);
  });
});
