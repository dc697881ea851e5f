import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { placesOf, reportOf } from './harness/json';
import { LEAK, TestProject, withProject } from './harness/run';

/** What ships. `npm test` builds it before it runs the tests. */
const main = path.resolve('dist/cli.js');

describe('the bundle', () => {
  before(() => { assert.ok(existsSync(main), 'run `npm run build` first'); });

  it('checks with types from the library declarations beside it', withProject({
    // Only the library's declarations say what a Disposable is; without them its `close()` lets one guess.
    'lease.ts': 'export declare class Lease implements Disposable {\n  close(): void;\n  [Symbol.dispose](): void;\n}\nexport declare function createLease(): Lease;\n',
    'a.ts': 'import { createLease } from \'./lease\';\nexport async function first(work: () => Promise<string>) {\n  const lease = createLease();\n  const value = await work();\n  lease.close();\n  return value;\n}\n',
    'tsconfig.json': '{ "compilerOptions": { "target": "es2022", "lib": ["esnext"], "strict": true } }',
  }, (project) => {
    const outcome = project.run(['check', '--format', 'json'], { main });
    assert.deepEqual(placesOf(outcome), ['a.ts:3 release-not-on-throw']);
    assert.equal(reportOf(outcome).summary.typed, 2);
    const tiersOf = (...options: string[]): string[] => reportOf(project.run(['check', '--format', 'json', ...options], { main })).findings.map(({ tier }) => tier);
    assert.deepEqual(tiersOf(), ['definite']);
    assert.deepEqual(tiersOf('--no-types'), ['potential']);
  }));

  it('reads configurations and says the version', withProject({ 'managed-scope.json': '{ "faliOn": 1 }', 'a.ts': LEAK }, (project) => {
    assert.match(project.run(['check', '--no-types'], { main }).stderr, /^managed-scope\.json:1:3: unknown property "faliOn"; did you mean "failOn"\?\n$/);
    assert.match(project.run(['--version'], { main }).stdout, /^\d/);
  }));
});

describe('the example project', () => {
  it('leaks where it says, and nowhere else', () => {
    const project = new TestProject({});
    try {
      const places = placesOf(project.run(['check', path.resolve('examples/leaky-project'), '--format', 'json']));
      assert.deepEqual(places.map((place) => place.replace(/^.*leaky-project\//, '')), [
        'src/compare.ts:5 concurrent-acquire',
        'src/compare.ts:5 concurrent-acquire',
        'src/counter.ts:8 lock-not-released',
        'src/journal.ts:5 raw-factory',
        'src/journal.ts:24 acquire-not-awaited',
        'src/settings.ts:6 release-not-on-throw',
        'src/settings.ts:15 release-not-on-throw',
        // No leak: it could be a `using`.
        'src/settings.ts:24 prefer-using',
        'src/users.ts:12 release-not-on-throw',
        'src/users.ts:20 release-missing-on-path',
        'src/users.ts:39 transaction-not-finished',
      ]);
    } finally {
      project.remove();
    }
  });
});
