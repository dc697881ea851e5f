import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { Executable } from './executable';
import { RESULTS_FILE, SUITE_NAME, type CaseResult } from './results';

export interface Run {
  /** The file of `suite/` to run, without its ending. */
  readonly suite: string;
  /** The folder below fixtures/ to open a copy of. */
  readonly fixture: string;
  /** A `.code-workspace` file in it to open in place of the folder. */
  readonly workspaceFile?: string;
  /** The folder is not trusted. The hosted editor only. */
  readonly restricted?: boolean;
}

/** Files of the project's own that tests open. */
export const FIXTURES = path.resolve('test/extension/fixtures');

/** Runs a suite inside the editor, on a copy of its fixture. @throws when the editor fails, or when the suite did not report. */
export async function runSuite(executable: Executable, { suite, fixture, workspaceFile, restricted = false }: Run): Promise<CaseResult[]> {
  // Links resolved: the editor names files by their real path.
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'managed-scope-editor-')));
  const folder = path.join(scratch, fixture);
  const report = path.join(scratch, 'results.json');
  cpSync(path.join(FIXTURES, fixture), folder, { recursive: true });
  let failure: unknown;
  try {
    await runTests({
      vscodeExecutablePath: executable.path,
      extensionDevelopmentPath: path.resolve('.'),
      extensionTestsPath: path.resolve(__dirname, '../suite/index.js'),
      launchArgs: [workspaceFile === undefined ? folder : path.join(folder, workspaceFile), '--disable-extensions'],
      extensionTestsEnv: { [RESULTS_FILE]: report, [SUITE_NAME]: suite, ...(restricted ? { MANAGED_SCOPE_RESTRICTED: '1' } : {}) },
    });
  } catch (error) {
    failure = error;
  }
  try {
    // The exit code alone says little: an editor that was killed can end with 0, and one that fails has mostly reported which case did.
    const results: CaseResult[] = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : [];
    const failed = results.some(({ state }) => state === 'failed');
    if (failure !== undefined && !failed) throw failure;
    if (results.length === 0) throw new Error(`the suite ${suite} reported nothing`);
    return results;
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
