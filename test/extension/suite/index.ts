// Named by extensionTestsPath: runs inside the extension host, of a desktop or a hosted VS Code, and reports through a file.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { RESULTS_FILE, SUITE_NAME, type CaseResult } from '../host/results';

export function run(): Promise<void> {
  const { [RESULTS_FILE]: report, [SUITE_NAME]: suite } = process.env;
  if (report === undefined || suite === undefined) return Promise.reject(new Error('nobody said which suite to run'));
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false });
  mocha.addFile(path.join(__dirname, `${suite}.suite.js`));
  const results: CaseResult[] = [];
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      writeFileSync(report, JSON.stringify(results));
      if (failures > 0) reject(new Error(`${String(failures)} failed`));
      else resolve();
    });
    runner.on(Mocha.Runner.constants.EVENT_TEST_PASS, (test) => results.push({ title: test.fullTitle(), state: 'passed', milliseconds: test.duration ?? 0 }));
    runner.on(Mocha.Runner.constants.EVENT_TEST_PENDING, (test) => results.push({ title: test.fullTitle(), state: 'skipped' }));
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error: Error) => results.push({ title: test.fullTitle(), state: 'failed', error: error.stack ?? String(error) }));
  });
}
