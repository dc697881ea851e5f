import assert from 'node:assert/strict';
import { pathOf, placeOf } from '../../src/server/places';

describe('server: places', () => {
  it('of files are paths', () => {
    assert.equal(pathOf('file:///srv/me/a%20b.ts', 'linux'), '/srv/me/a b.ts');
    assert.equal(pathOf('file://localhost/srv/a.ts', 'linux'), '/srv/a.ts');
    assert.equal(pathOf('file:///srv/me/../you/a.ts', 'linux'), '/srv/you/a.ts');
  });

  it('on Windows have small drive letters, however the editor writes them', () => {
    assert.equal(pathOf('file:///c%3A/code/me/a.ts', 'win32'), 'c:\\code\\me\\a.ts');
    assert.equal(pathOf('file:///C:/code/me/a.ts', 'win32'), 'c:\\code\\me\\a.ts');
    assert.equal(pathOf('file:///d:/', 'win32'), 'd:\\');
    assert.equal(pathOf('file:///no/drive.ts', 'win32'), undefined);
  });

  it('on network paths are none', () => {
    for (const platform of ['linux', 'win32'] as const) {
      for (const uri of ['file://server/share/a.ts', 'file:////server/share/a.ts', 'file://///server/share/a.ts', 'file:///%2F%2Fserver/share/a.ts', 'file:///%5C%5Cserver%5Cshare/a.ts', 'file://wsl.localhost/Ubuntu/a.ts', 'file:///a%00.ts']) {
        assert.equal(pathOf(uri, platform), undefined, `${platform} ${uri}`);
      }
    }
  });

  it('of other schemes are none', () => {
    for (const uri of ['git:/a.ts', 'http://host/a.ts', 'vscode-vfs://github/a.ts', '', '::', 'a.ts']) assert.equal(placeOf(uri, 'typescript', '/project', 'linux'), undefined, uri);
  });

  it('of untitled documents are made up beside the files', () => {
    assert.deepEqual(placeOf('untitled:Untitled-1', 'typescriptreact', '/project', 'linux'), { path: '/project/Untitled-1.tsx', saved: false });
    assert.deepEqual(placeOf('untitled:Untitled-1', 'javascript', 'c:\\project', 'win32'), { path: 'c:\\project\\Untitled-1.js', saved: false });
    assert.deepEqual(placeOf('untitled:/elsewhere/new.ts', 'typescript', '/project', 'linux'), { path: '/project/new.ts', saved: false });
    assert.equal(placeOf('untitled:..', 'typescript', '/project', 'linux')?.path, '/project/...ts');
    assert.equal(placeOf('untitled:Untitled-1', 'python', '/project', 'linux'), undefined);
  });
});
