import assert from 'node:assert/strict';
import { LiveProjects } from '../../src/workspace/live/liveProjects';
import { makeFolder, type Folder } from '../types/project';

function within(body: (projects: LiveProjects, folder: Folder) => void): void {
  const folder = makeFolder({ '.git/HEAD': '', 'tsconfig.json': '{}', 'a.ts': '', 'b.ts': '' });
  try {
    body(new LiveProjects(new Map(), () => true), folder);
  } finally {
    folder.remove();
  }
}

describe('workspace: the projects of open documents', () => {
  it('share a program while one of them is open', () =>
    within((projects, folder) => {
      const [a, b] = [folder.at('a.ts'), folder.at('b.ts')];
      const program = projects.programOf(a);
      program.parse(a, '');
      projects.programOf(b).parse(b, '');
      projects.closed(a);
      assert.equal(projects.programOf(a), program);
    }));

  it('are let go with the last document, although files came in between and nobody asked after it again', () =>
    within((projects, folder) => {
      const [a, b] = [folder.at('a.ts'), folder.at('b.ts')];
      const program = projects.programOf(a);
      program.parse(a, '');
      projects.programOf(b).parse(b, '');
      projects.restart('sources');
      projects.closed(a);
      projects.closed(b);
      assert.notEqual(projects.programOf(a), program);
    }));
});
