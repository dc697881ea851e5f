import assert from 'node:assert/strict';
import { collectFlowRoots } from '../../../src/engine/flow/roots';
import { parseLinked } from './flow-fixtures';

describe('roots of control-flow graphs', () => {
  it('are the module body, functions, methods, static blocks and fields with a value, in source order', () => {
    const source = `
      function a(b = () => 1) {}
      class C {
        constructor() {}
        get d() { return 1; }
        static { e(() => 2); }
        f = 3;
        g;
        static h = function () {};
        accessor i = 4;
        abstract;
      }
      declare function j(): void;
      export default (k) => k;
      const l = { m() {}, n: async function* () {} };
    `;
    const found = collectFlowRoots(parseLinked(source)).map((root) => (root.type === 'Program' ? 'Program' : source.slice(...root.range)));
    assert.deepEqual(found, [
      'Program',
      'function a(b = () => 1) {}',
      '() => 1',
      '() {}',
      '() { return 1; }',
      'static { e(() => 2); }',
      '() => 2',
      'f = 3;',
      'static h = function () {};',
      'function () {}',
      'accessor i = 4;',
      '(k) => k',
      '() {}',
      'async function* () {}',
    ]);
  });
});
