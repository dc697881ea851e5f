import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import ts from 'typescript';
import { FileSystem, isNetworkPath } from '../../src/workspace/filesystem';
import { ProjectError, ProjectFinder } from '../../src/workspace/projects';
import { makeFolder, type Folder } from '../types/project';

/** A folder that is a repository, so that nothing above it is looked at. */
function makeRepository(files: Readonly<Record<string, string>>): Folder {
  return makeFolder({ '.git/HEAD': '', ...files });
}

function within(files: Readonly<Record<string, string>>, body: (folder: Folder, finder: ProjectFinder) => void): void {
  const folder = makeRepository(files);
  try {
    body(folder, new ProjectFinder(new FileSystem()));
  } finally {
    folder.remove();
  }
}

describe('workspace: the project of a file', () => {
  it('is the nearest tsconfig that claims it', () =>
    within({ 'tsconfig.json': '{}', 'a.ts': '', 'inner/tsconfig.json': '{}', 'inner/src/b.ts': '' }, (folder, finder) => {
      assert.equal(finder.projectOf(folder.at('a.ts')).configPath, folder.at('tsconfig.json'));
      assert.equal(finder.projectOf(folder.at('inner/src/b.ts')).configPath, folder.at('inner/tsconfig.json'));
    }));

  it('is one further up when the nearest does not claim it', () =>
    within({ 'tsconfig.json': '{"compilerOptions":{"target":"es2020"}}', 'inner/tsconfig.json': '{"include":["src"]}', 'inner/test/b.ts': '' }, (folder, finder) =>
      assert.equal(finder.projectOf(folder.at('inner/test/b.ts')).configPath, folder.at('tsconfig.json')),
    ));

  it('is found through references, in a circle too', () =>
    within(
      {
        'tsconfig.json': '{"files":[],"references":[{"path":"./lib"},{"path":"./app/tsconfig.app.json"}]}',
        'lib/tsconfig.json': '{"files":["l.ts"],"references":[{"path":".."}],"compilerOptions":{"composite":true}}',
        'lib/l.ts': '',
        'app/tsconfig.app.json': '{"include":["."],"compilerOptions":{"composite":true}}',
        'app/a.ts': '',
      },
      (folder, finder) => {
        assert.equal(finder.projectOf(folder.at('app/a.ts')).configPath, folder.at('app/tsconfig.app.json'));
        assert.equal(finder.projectOf(folder.at('lib/l.ts')).configPath, folder.at('lib/tsconfig.json'));
      },
    ));

  it('is another tsconfig beside the nearest', () =>
    within({ 'tsconfig.json': '{"include":["src"]}', 'tsconfig.test.json': '{"include":["test"]}', 'src/a.ts': '', 'test/b.ts': '' }, (folder, finder) => {
      assert.equal(finder.projectOf(folder.at('test/b.ts')).configPath, folder.at('tsconfig.test.json'));
      assert.equal(finder.projectOf(folder.at('src/a.ts')).configPath, folder.at('tsconfig.json'));
    }));

  it('is a jsconfig where there is no tsconfig', () =>
    within({ 'jsconfig.json': '{}', 'a.js': '' }, (folder, finder) => {
      const project = finder.projectOf(folder.at('a.js'));
      assert.equal(project.configPath, folder.at('jsconfig.json'));
      assert.equal(project.options.allowJs, true);
    }));

  it('lends a file that nobody claims the options of the nearest, with allowJs for JavaScript', () =>
    within({ 'tsconfig.json': '{"include":["src"],"compilerOptions":{"jsx":"react-jsx"}}', 'src/a.ts': '', 'test/b.ts': '', 'test/c.js': '' }, (folder, finder) => {
      const [ofTs, ofJs] = [finder.projectOf(folder.at('test/b.ts')), finder.projectOf(folder.at('test/c.js'))];
      assert.equal(ofTs.options.jsx, ts.JsxEmit.ReactJSX);
      assert.deepEqual([ofTs.options.allowJs, ofJs.options.allowJs], [false, true]);
      assert.notEqual(ofTs.key, ofJs.key);
    }));

  it('has default options where there is no configuration at all', () =>
    within({ 'a.ts': '', 'b.js': '' }, (folder, finder) => {
      const project = finder.projectOf(folder.at('b.js'));
      assert.equal(project.configPath, undefined);
      assert.equal(project.options.allowJs, true);
    }));

  it('does not look beyond the repository', () => {
    const outer = makeFolder({ 'tsconfig.json': '{}', 'repository/.git/HEAD': '', 'repository/a.ts': '' });
    try {
      assert.equal(new ProjectFinder(new FileSystem()).projectOf(outer.at('repository/a.ts')).configPath, undefined);
    } finally {
      outer.remove();
    }
  });

  it('shares a program between packages with the same options', () =>
    within({ 'base.json': '{"compilerOptions":{"strict":true}}', 'p/tsconfig.json': '{"extends":"../base.json","compilerOptions":{"outDir":"dist"}}', 'p/a.ts': '', 'q/tsconfig.json': '{"extends":"../base.json","compilerOptions":{"composite":true}}', 'q/b.ts': '' }, (folder, finder) =>
      assert.equal(finder.projectOf(folder.at('p/a.ts')).key, finder.projectOf(folder.at('q/b.ts')).key),
    ));

  it('brings the ambient declarations of the project along, not its modules', () =>
    within({ 'tsconfig.json': '{}', 'a.ts': '', 'globals.d.ts': 'declare const answer: number;', 'module.d.ts': 'export interface A {}', 'augment.d.ts': 'export {};\ndeclare global { var b: string; }' }, (folder, finder) =>
      assert.deepEqual(finder.projectOf(folder.at('a.ts')).ambient, [folder.at('augment.d.ts'), folder.at('globals.d.ts')]),
    ));

  it('survives a link in a circle in the project', function () {
    if (process.platform === 'win32') this.skip();
    within({ 'tsconfig.json': '{}', 'src/a.ts': '' }, (folder, finder) => {
      symlinkSync('..', folder.at('src/up'), 'dir');
      assert.equal(finder.projectOf(folder.at('src/a.ts')).configPath, folder.at('tsconfig.json'));
    });
  });
});

describe('workspace: configurations that are wrong', () => {
  it('says where JSON is broken, and uses default options', () =>
    within({ 'tsconfig.json': '{\n  "compilerOptions": {,}\n', 'a.ts': '' }, (folder, finder) => {
      assert.equal(finder.projectOf(folder.at('a.ts')).configPath, undefined);
      const [problem, ...others] = finder.problems;
      assert.equal(problem?.file, folder.at('tsconfig.json'));
      assert.match(problem.message, /^tsconfig\.json:2:\d+: .*default options$/);
      assert.deepEqual(others, []);
    }));

  it('says that extends goes in a circle', () =>
    within({ 'tsconfig.json': '{"extends":"./other.json"}', 'other.json': '{"extends":"./tsconfig.json"}', 'a.ts': '' }, (folder, finder) => {
      assert.equal(finder.projectOf(folder.at('a.ts')).configPath, undefined);
      assert.match(finder.problems[0]?.message ?? '', /ircularity/);
    }));

  it('says that what it extends is missing, and uses the rest', () =>
    within({ 'tsconfig.json': '{"extends":"@tsconfig/none/tsconfig.json","compilerOptions":{"jsx":"react"}}', 'a.ts': '' }, (folder, finder) => {
      assert.equal(finder.projectOf(folder.at('a.ts')).options.jsx, ts.JsxEmit.React);
      assert.match(finder.problems[0]?.message ?? '', /not found/);
    }));

  it('does not touch network paths', () => {
    assert.ok(['//server/share/x', '\\\\server\\share', '/\\server', 'https://host/x', 'file://host/x'].every(isNetworkPath));
    assert.ok(!['/a/b', 'C:/a', 'c:\\a', './x', '@scope/x', 'node:fs'].some(isNetworkPath));
    within(
      {
        'tsconfig.json': '{"extends":"//server/share/tsconfig.json","references":[{"path":"//server/share/other"}],"compilerOptions":{"typeRoots":["//server/share/types","./types"]}}',
        'a.ts': '',
      },
      (folder, finder) => {
        const project = finder.projectOf(folder.at('a.ts'));
        assert.deepEqual(project.options.typeRoots, [folder.at('types')]);
        assert.match(finder.problems[0]?.message ?? '', /network path/);
      },
    );
  });

  it('throws for a project that was asked for and is unusable', () => {
    const folder = makeRepository({ 'broken.json': '{', 'a.ts': '', 'good/tsconfig.json': '{"compilerOptions":{"jsx":"react"}}' });
    try {
      assert.throws(() => new ProjectFinder(new FileSystem(), folder.at('broken.json')), ProjectError);
      assert.throws(() => new ProjectFinder(new FileSystem(), folder.at('none.json')), /cannot be used: it cannot be read/);
      assert.throws(() => new ProjectFinder(new FileSystem(), folder.path), ProjectError);
      assert.equal(new ProjectFinder(new FileSystem(), folder.at('good')).projectOf(folder.at('a.ts')).options.jsx, ts.JsxEmit.React);
    } finally {
      folder.remove();
    }
  });

  for (const options of ['"moduleResolution":"node"', '"moduleResolution":"classic"', '"target":"es5"', '"target":"es3"', '"baseUrl":"."', '"module":"amd","outFile":"x.js"', '"module":"none"', '"ignoreDeprecations":"5.0"', '"nonsense":true', '"lib":["nonsense"]', '"moduleResolution":"bundler","module":"commonjs"', '"esModuleInterop":false', '"alwaysStrict":false']) {
    it(`does not mind ${options}`, () =>
      within({ 'tsconfig.json': `{"compilerOptions":{${options}}}`, 'a.ts': '' }, (folder, finder) => {
        const project = finder.projectOf(folder.at('a.ts'));
        assert.equal(project.configPath, folder.at('tsconfig.json'));
        assert.deepEqual(finder.problems, []);
        const program = ts.createProgram([], project.options);
        assert.deepEqual(program.getOptionsDiagnostics().map(({ messageText }) => messageText), []);
      }));
  }
});
