import type { LibraryModel } from './model';

/** What a test run is told while it goes on: none of it throws. */
const TOLD = ['enqueued', 'started', 'skipped', 'failed', 'errored', 'passed', 'appendOutput', 'addCoverage'];

/** What of VS Code's interface ends by another method than `dispose`; for the rest see `editorDisposables.ts`. */
export const vscode: LibraryModel = {
  library: 'vscode',
  modules: ['vscode'],
  resources: [
    {
      // A run that is not ended turns on in the view of tests, and its results are never kept.
      id: 'vscode.TestRun',
      noun: 'test run',
      family: 'disposable',
      lifetime: 'scoped',
      types: ['TestRun'],
      acquires: [{ call: 'TestController#createTestRun' }],
      releases: [{ method: 'end' }],
    },
  ],
  quiet: TOLD.map((method) => `TestRun#${method}`),
};
