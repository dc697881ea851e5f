import assert from 'node:assert/strict';
import { buildFlowGraph } from '../../../src/engine/flow/build';
import { printFlowGraph } from '../../../src/engine/flow/print';
import { parseLinked, readFlowFixtures, rootFor } from './flow-fixtures';

describe('control-flow graphs', () => {
  for (const { name, cases } of readFlowFixtures()) {
    describe(name.replace(/\.txt$/, ''), () => {
      for (const example of cases) {
        it(example.title, () => {
          const root = rootFor(example, parseLinked(example.source));
          assert.equal(printFlowGraph(buildFlowGraph(root), example.source), example.expected);
        });
      }
    });
  }
});
