import assert from 'node:assert/strict';
import type { SourceModule } from '../../src/engine/analyse';
import { explain } from '../../src/engine/explain/explain';
import type { Explanation } from '../../src/engine/explain/explanation';
import { SILENCES } from '../../src/engine/ownership/trace';
import { fixtureNames, loadFixture } from './harness/load';
import { parseText } from './harness/parse';
import { findIn } from './harness/run';

/** Explains a whole file, with nobody who knows types. A crash anywhere fails. */
function explainAll(module: SourceModule): Explanation {
  const onCrash = (error: unknown): void => { assert.fail(error instanceof Error ? (error.stack ?? error.message) : String(error)); };
  const coroutine = explain(module, { start: 0, end: module.text.length }, { onCrash });
  let step = coroutine.next([]);
  while (!step.done) step = coroutine.next(step.value.map(() => undefined));
  return step.value;
}

describe('an explanation', function () {
  // Every fixture is analysed anew.
  this.timeout(300_000);
  const fixtures = fixtureNames().map((name) => {
    const fixture = loadFixture(name);
    return { ...fixture, module: parseText(fixture.pretendPath, fixture.text) };
  });
  let explained: readonly Explanation[] = [];
  before(() => { explained = fixtures.map(({ module }) => explainAll(module)); });

  it('of every fixture agrees with what is found there', () => {
    for (const [index, { name, module }] of fixtures.entries()) {
      const { findings, calls } = explained[index] ?? assert.fail(name);
      assert.deepEqual(findings, findIn(module), name);
      for (const { rules, tier, verdict, findings: own } of calls.flatMap(({ obligations }) => obligations)) {
        const silent = Object.values(SILENCES).some((words) => words === verdict);
        assert.equal(silent, rules.length === 0, `${name}: ${verdict}, yet ${rules.join()}`);
        for (const finding of own) if (rules.includes(finding.rule)) assert.deepEqual([finding.rule, finding.tier], [rules[0], tier], name);
      }
    }
  });

  it('names every reason for saying nothing', () => {
    const others = [
      "import { MongoClient } from 'mongodb';\nexport const both = async () => { await Promise.all([MongoClient.connect('a'), MongoClient.connect('b')]); };\n",
      "import { Client } from 'pg';\nexport class A {\n  async open() {\n    const client = new Client();\n    this.client = client;\n    await client.connect();\n  }\n}\n",
    ].map((text) => explainAll(parseText('src/a.ts', text)));
    const seen = new Set([...explained, ...others].flatMap(({ calls }) => calls.flatMap(({ obligations }) => obligations.map(({ verdict }) => verdict))));
    assert.deepEqual(Object.entries(SILENCES).filter(([, words]) => !seen.has(words)).map(([id]) => id), []);
  });

  it('of code without any acquire tells of its calls all the same', () => {
    const { calls, findings } = explainAll(parseText('src/a.ts', 'export const a = Math.max(1, 2);\nclass B { c = String(1); static { Number(2); } }\n'));
    assert.deepEqual(findings, []);
    assert.deepEqual(calls.map(({ code, inside, acquire }) => [code, inside.kind, acquire.resource]), [
      ['Math.max(...)', 'module', undefined],
      ['String(...)', 'initialiser', undefined],
      ['Number(...)', 'initialiser', undefined],
    ]);
  });
});
