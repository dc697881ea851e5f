// The behaviour suites under Jest 29, which runs tests in a realm without the two symbols, while Node's own objects keep
// theirs: by themselves, and with the polyfill in `setupFiles`.
import { strict as assert } from 'node:assert';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundleOfBehaviours } from './support/bundle';
import { packageFolder, root } from './support/builds';
import { run, tools } from './support/tools';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly message: string }[];
}

describe('runtime behaviours under Jest 29', function () {
  this.timeout(300_000);

  for (const [name, args] of [
    ['in its own realm', []],
    ['with the polyfill in setupFiles', ['--setupFiles', 'managed-scope/polyfill']],
  ] as const) {
    it(name, async () => {
      const installed = await tools();
      // Jest looks for packages upwards from the tests.
      const project = path.join(installed, 'jest-consumer');
      const linked = path.join(project, 'node_modules', 'managed-scope');
      rmSync(project, { recursive: true, force: true });
      mkdirSync(linked, { recursive: true });
      cpSync(path.join(root, 'test', 'runtime', 'jest', 'consumer'), project, { recursive: true });
      for (const part of ['package.json', 'dist']) cpSync(path.join(packageFolder, part), path.join(linked, part), { recursive: true });
      const report = 'globalThis.deliver(results)';
      const script = await bundleOfBehaviours('behaviours-jest.cjs', { module: 'managed-scope', report, platform: 'node' });
      cpSync(script, path.join(project, 'behaviours.cjs'));
      const jest = path.join(installed, 'node_modules', 'jest', 'bin', 'jest.js');
      const env = { ...process.env, POLYFILLED: String(args.length > 0) };
      const { stdout, stderr } = await run(process.execPath, [jest, '--ci', '--json', '--rootDir', project, ...args], { cwd: project, env });
      assert.ok(stdout.startsWith('{'), stderr);
      const { numPassedTests, numFailedTests, testResults }: Report = JSON.parse(stdout);
      assert.equal(numFailedTests, 0, testResults.map(({ message }) => message).join('\n'));
      assert.equal(numPassedTests, 3);
    });
  }
});
