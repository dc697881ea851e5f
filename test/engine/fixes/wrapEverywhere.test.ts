import assert from 'node:assert/strict';
import path from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../../src/engine/findings';
import { applyEdits } from '../../../src/engine/fixes/edit/plan';
import { listOf, statementsOf, type StatementList } from '../../../src/engine/fixes/edit/statements';
import { wrap } from '../../../src/engine/fixes/wrap/wrap';
import { walk } from '../../../src/engine/syntax/visit';
import { answerAll, NOBODY } from '../../../src/workspace/drive';
import { parseSource } from '../../../src/workspace/parse';
import { findIn } from '../harness/run';
import { newTypeErrors, type Change } from './harness/compiler';
import { loadFixFixtures } from './harness/fixture';
import { parseWithComments } from './harness/make';

/** The longest selection, in statements. */
const MOST = 5;

/** All runs of statements that follow each other. */
function selectionsIn(program: TSESTree.Program): Range[] {
  const lists = new Set<StatementList>();
  walk(program, (node) => {
    const list = listOf(node);
    if (list) lists.add(list);
  });
  return [...lists].flatMap((list) =>
    statementsOf(list).flatMap((first, index, all) => all.slice(index, index + MOST).map((last) => ({ start: first.range[0], end: last.range[1] }))),
  );
}

describe('wrap, of every selection in the fixtures', () => {
  it('parses, type-checks no worse than before, and leaves no more findings', function () {
    this.timeout(300_000);
    const made = new Map<string, Change[]>();
    for (const { pretendPath, before, ability } of loadFixFixtures()) {
      const module = parseWithComments(pretendPath, before);
      const after = new Set<string>();
      for (const selection of selectionsIn(module.ast)) {
        const result = answerAll(wrap(module, selection, ability), NOBODY);
        if ('choices' in result) for (const { edits } of result.choices) after.add(applyEdits(before, edits));
      }
      const found = findIn(module).length;
      for (const text of after) {
        assert.deepEqual(parseSource(pretendPath, text).errors, [], text);
        const left = findIn(parseWithComments(pretendPath, text));
        assert.ok(left.length <= found, `${left.map(({ message }) => message).join('\n')}\n${text}`);
      }
      const extension = path.extname(pretendPath);
      made.set(extension, [...(made.get(extension) ?? []), ...(after.size > 0 ? [{ before, after: [...after] }] : [])]);
    }
    assert.ok([...made.values()].flat().flatMap(({ after }) => after).length > 200);
    for (const [extension, all] of made) assert.deepEqual(newTypeErrors(extension, all), []);
  });
});
