// The behaviour suites in other Nodes: the oldest that the package allows, the last without the natives, one whose native
// `using` is broken, and the newest two lines, with the natives and without them.
import { strict as assert } from 'node:assert';
import { bundleOfBehaviours } from './support/bundle';
import { nodeOf, run } from './support/tools';

interface Result {
  readonly name: string;
  readonly error?: string;
}

const withoutNatives = '--no-js-explicit-resource-management';
const engines: readonly (readonly [version: string, ...flags: string[]])[] = [
  ['18.18.0'],
  ['22.23.3'],
  ['24.4.1'],
  ['24.21.0'],
  ['24.21.0', withoutNatives],
  ['26.10.0'],
  ['26.10.0', withoutNatives],
];

const report = "console.log(JSON.stringify({ results, natives: typeof globalThis.AsyncDisposableStack === 'function' }))";

describe('runtime behaviours in other engines', function () {
  this.timeout(300_000);

  for (const [version, ...flags] of engines) {
    // Node 26 crashes on any module with that flag, an empty one too.
    for (const extension of version.startsWith('26') && flags.length ? ['cjs'] : ['mjs', 'cjs']) {
      it(`Node ${version} ${flags.join(' ')} (${extension})`, async function () {
        const node = await nodeOf(version);
        if (typeof node !== 'string') {
          console.warn(`SKIPPED: ${node.missing}`);
          return this.skip();
        }
        const script = await bundleOfBehaviours(`behaviours.${extension}`, { module: 'managed-scope', report, platform: 'node' });
        const { status, stdout, stderr } = await run(node, [...flags, script]);
        assert.equal(status, 0, stderr);
        const { results, natives }: { results: Result[]; natives: boolean } = JSON.parse(stdout);
        assert.deepEqual(results.filter(({ error }) => error !== undefined), []);
        assert.ok(results.length > 100, `${results.length} behaviours ran`);
        assert.equal(natives, Number(version.split('.')[0]) >= 24 && !flags.length);
      });
    }
  }
});
