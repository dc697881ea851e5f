import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { findFiles, type FindOptions } from '../../src/workspace/files';
import { makeFolder, type Folder } from '../types/project';

const TREE = {
  'package.json': '{}',
  '.gitignore': '# what is made\n/generated\n*.gen.ts\n!kept.gen.ts\nlogs/\nsrc/secret.ts\n',
  '.git/config': '',
  '.git/hooks/hook.js': '',
  'a.ts': '',
  'b.d.ts': '',
  'c.txt': '',
  'x.gen.ts': '',
  'kept.gen.ts': '',
  'generated/a.ts': '',
  'src/generated/b.ts': '',
  'src/secret.ts': '',
  'src/deep/d.tsx': '',
  'src/deep/logs/e.ts': '',
  'src/.gitignore': 'inner.ts\n',
  'src/inner.ts': '',
  'src/build/f.ts': '',
  'dist/g.js': '',
  'out/tsconfig.json': '{}',
  'out/h.ts': '',
  'node_modules/p/index.js': '',
  'packages/q/package.json': '{}',
  'packages/q/dist/i.js': '',
  'packages/q/j.cjs': '',
};

describe('workspace: finding files', () => {
  let folder: Folder;
  before(() => (folder = makeFolder(TREE)));
  after(() => folder.remove());

  const find = (paths: readonly string[], options: FindOptions = {}) => {
    const found = findFiles(paths, { cwd: folder.path, ...options });
    return { ...found, names: found.files.map((file) => path.relative(folder.path, file).replaceAll('\\', '/')) };
  };

  it('searches a folder: sources only, nothing ignored, foreign or built', () => {
    assert.deepEqual(find(['.']).names, ['a.ts', 'kept.gen.ts', 'out/h.ts', 'packages/q/j.cjs', 'src/build/f.ts', 'src/deep/d.tsx', 'src/generated/b.ts']);
  });
  it('holds the ignore files above a folder for it too', () => assert.deepEqual(find(['src']).names, ['src/build/f.ts', 'src/deep/d.tsx', 'src/generated/b.ts']));
  it('takes what is named itself, whatever ignores it', () => {
    assert.deepEqual(find(['src/secret.ts', 'generated', 'dist']).names, ['dist/g.js', 'generated/a.ts', 'src/secret.ts']);
  });
  it('gives each file once', () => assert.deepEqual(find(['a.ts', '.', './a.ts']).names.filter((name) => name === 'a.ts'), ['a.ts']));
  it('expands globs', () => {
    assert.deepEqual(find(['src/**/*.tsx']).names, ['src/deep/d.tsx']);
    assert.deepEqual(find(['{a,b}.*', 'packages/*/*.cjs']).names, ['a.ts', 'packages/q/j.cjs']);
  });
  it('keeps to what the configuration includes and leaves out what it excludes', () => {
    assert.deepEqual(find(['.'], { include: ['src/**'] }).names, ['src/build/f.ts', 'src/deep/d.tsx', 'src/generated/b.ts']);
    assert.deepEqual(find(['.'], { exclude: ['src/**', '**/*.gen.ts'] }).names, ['a.ts', 'out/h.ts', 'packages/q/j.cjs']);
    assert.deepEqual(find(['a.ts'], { include: ['src/**'] }).names, ['a.ts']);
    assert.deepEqual(find(['a.ts'], { exclude: ['a.ts'] }).names, []);
  });

  it('says what does not exist', () => {
    assert.deepEqual(find(['nowhere', 'a.ts', 'nowhere.ts']).errors, [
      { path: 'nowhere', message: 'it does not exist' },
      { path: 'nowhere.ts', message: 'it does not exist' },
    ]);
    assert.deepEqual(find(['**/*.mts', 'nowhere/*.ts']).errors, [
      { path: '**/*.mts', message: 'no file matches it' },
      { path: 'nowhere/*.ts', message: 'no file matches it' },
    ]);
  });
  it('says that a named file is nothing to check', () => {
    assert.deepEqual(find(['c.txt', 'b.d.ts']).skipped.map(({ reason }) => reason), ['not TypeScript or JavaScript', 'a declaration file']);
  });
  it('takes a folder with glob characters in its name as it is', () => {
    const odd = makeFolder({ '[id]/(group)/a.ts': '', '[id]/b.ts': '' });
    try {
      const names = (paths: string[], exclude: string[] = []) => findFiles(paths, { cwd: odd.at('[id]'), exclude }).files.map((file) => path.basename(file));
      assert.deepEqual(names(['.']), ['a.ts', 'b.ts']);
      assert.deepEqual(names(['(group)']), ['a.ts']);
      assert.deepEqual(names(['.'], ['b.ts']), ['a.ts']);
    } finally {
      odd.remove();
    }
  });
  it('finds files whose names hold control characters', function () {
    if (process.platform === 'win32') this.skip();
    const odd = makeFolder({ 'a\u001B[31m\n.ts': '' });
    try {
      assert.equal(findFiles([odd.path]).files.length, 1);
    } finally {
      odd.remove();
    }
  });

  it('is not caught by links in a circle, and takes linked files', function () {
    if (process.platform === 'win32') this.skip();
    const linked = makeFolder({ 'src/a.ts': '', 'elsewhere.txt': '' });
    try {
      symlinkSync('..', linked.at('src/up'), 'dir');
      symlinkSync('a.ts', linked.at('src/b.ts'));
      symlinkSync('gone.ts', linked.at('src/dangling.ts'));
      symlinkSync('self.ts', linked.at('src/self.ts'));
      symlinkSync('round', linked.at('round'));
      assert.deepEqual(findFiles([linked.path]).files.map((file) => path.basename(file)), ['a.ts', 'b.ts']);
      assert.deepEqual(findFiles([linked.at('round')]).errors.map(({ message }) => message), ['its symbolic links form a loop']);
    } finally {
      linked.remove();
    }
  });

  it('checks an empty folder without complaint', () => {
    mkdirSync(folder.at('empty'), { recursive: true });
    assert.deepEqual(find(['empty']), { files: [], names: [], errors: [], skipped: [] });
  });
});
