import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildFlowGraph } from '../../../src/engine/flow/build';
import { printFlowGraph } from '../../../src/engine/flow/print';
import { collectFlowRoots } from '../../../src/engine/flow/roots';
import { rootOf } from '../../../src/engine/syntax/nodes';
import { walk } from '../../../src/engine/syntax/visit';
import { parseLinked } from './flow-fixtures';
import { assertSound } from './invariants';

/** Code that was not written for this: a parser's own sources, and a few that are large for a single file. */
const FOLDERS = ['@typescript-eslint/typescript-estree/dist'];
const FILES = ['acorn/dist/acorn.js', 'commander/lib/command.js', 'esbuild/lib/main.js', 'js-yaml/dist/js-yaml.js', 'mocha/lib/runner.js', 'eslint/lib/eslint/eslint.js'];

/** Nodes for one node of syntax, at most: copies of `finally` blocks included. */
const NODES_PER_SYNTAX = 0.5;

function sources(): string[] {
  const listed = FOLDERS.flatMap((folder) => {
    const names = readdirSync(path.join('node_modules', folder), { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.js')).map((name) => path.join(folder, name));
  });
  return [...listed, ...FILES].map((name) => path.join('node_modules', name));
}

describe('control-flow graphs of whole programs', () => {
  for (const file of sources()) {
    it(file.split(path.sep).slice(1).join('/'), () => {
      const program = parseLinked(readFileSync(file, 'utf8'), file);
      const graphs = collectFlowRoots(program).map((root) => buildFlowGraph(root));
      let [syntax, calls] = [0, 0];
      walk(program, () => syntax++);
      for (const graph of graphs) {
        assertSound(graph);
        assert(!graph.truncated);
        // Nodes belong to their own function's graph, not to that of a function around it; static parts run in both.
        for (const { ast, kind } of graph.nodes) {
          if (kind !== 'call') continue;
          calls++;
          assert.equal(rootOf(ast), graph.root);
        }
      }
      const nodes = graphs.reduce((sum, graph) => sum + graph.nodes.length, 0);
      const fixed = 4 * graphs.length;
      assert(nodes - fixed <= syntax * NODES_PER_SYNTAX, `${String(nodes)} nodes for ${String(syntax)} of syntax`);
      assert(calls > 0 || syntax < 1000, 'no call was found in a large file');
    });
  }

  it('gives the same text each time', () => {
    const source = readFileSync(path.join('node_modules', 'commander', 'lib', 'command.js'), 'utf8');
    const print = (): string[] => collectFlowRoots(parseLinked(source, 'command.js')).map((root) => printFlowGraph(buildFlowGraph(root), source));
    assert.deepEqual(print(), print());
  });
});
