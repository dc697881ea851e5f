// The suites of suite/, run inside a real VS Code; each of their cases is a case here.
import assert from 'node:assert/strict';
import { Test } from 'mocha';
import { findExecutable } from './host/executable';
import { runSuite, type Run } from './host/run';

const RUNS: readonly Run[] = [
  { suite: 'activation', fixture: 'project' },
  { suite: 'diagnostics', fixture: 'project' },
  { suite: 'fixes', fixture: 'project' },
  { suite: 'wrap', fixture: 'project' },
  { suite: 'recovery', fixture: 'project' },
  { suite: 'network', fixture: 'project' },
  { suite: 'restricted', fixture: 'project', restricted: true },
  { suite: 'roots', fixture: 'roots', workspaceFile: 'all.code-workspace' },
];

/** The first start installs the editor. */
const LIMIT_MS = 900_000;

describe('inside VS Code', function () {
  this.timeout(LIMIT_MS);

  for (const run of RUNS) {
    describe(run.suite, () => {
      let reported = 0;
      let none: string | undefined;

      before(async function () {
        const executable = await findExecutable();
        if (typeof executable === 'string') {
          none = executable;
          return;
        }
        if (run.restricted && executable.kind === 'desktop') {
          none = 'the desktop editor is started without the question of trust';
          return;
        }
        // What ran inside is added as cases of this suite before it goes on to them.
        for (const { title, state, error } of await runSuite(executable, run)) {
          reported++;
          const body = state === 'skipped' ? undefined : () => { if (state === 'failed') throw new Error(error); };
          this.test?.parent?.addTest(new Test(title, body));
        }
      });

      it('ran and reported', function () {
        if (none !== undefined) {
          console.warn(`SKIPPED: nothing of the extension was tested in an editor (${run.suite}): ${none}`);
          this.skip();
        }
        assert.ok(reported > 0);
      });
    });
  }
});
