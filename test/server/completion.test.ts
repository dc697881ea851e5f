import assert from 'node:assert/strict';
import { completeAt } from '../../src/server/completion';

/** The labels that are offered at the end of a text. */
function offered(text: string): string[] {
  const lines = text.split('\n');
  return completeAt(text, { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }).map(({ label }) => label);
}

/** The text once the item with this label is taken. */
function taken(text: string, label: string): string {
  const lines = text.split('\n');
  const item = completeAt(text, { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }).find((one) => one.label === label);
  assert.ok(item?.textEdit && 'range' in item.textEdit, label);
  const last = lines.pop() ?? '';
  return [...lines, last.slice(0, item.textEdit.range.start.character) + item.textEdit.newText].join('\n');
}

describe('server: completion', () => {
  it('offers lifecycle tags in JSDoc', () => {
    assert.deepEqual(offered('/**\n * @'), ['@acquires', '@releases', '@owns', '@borrows', '@alias']);
    assert.equal(taken('/** @ow', '@owns'), '/** @owns');
    assert.deepEqual(offered('/* @'), []);
    assert.deepEqual(offered('/** done */ @'), []);
    assert.deepEqual(offered('// @'), []);
    assert.deepEqual(offered('/** me@'), []);
  });

  it('offers rules in suppressions, each where it is named', () => {
    assert.ok(offered('foo(); // managed-scope-disable-line ').includes('missing-release'));
    assert.equal(taken('/* managed-scope-disable missing-release, drop', 'dropped-resource'), '/* managed-scope-disable missing-release, dropped-resource');
    assert.deepEqual(offered('// managed-scope-disable-next-line missing-release -- because '), []);
  });

  it('offers the suppressions themselves', () => {
    assert.equal(taken('  // man', 'managed-scope-disable-next-line'), '  // managed-scope-disable-next-line ');
    assert.equal(taken('  // managed-scope-dis', 'managed-scope-disable'), '  // managed-scope-disable ');
    assert.deepEqual(offered('// many'), []);
    assert.deepEqual(offered('const man'), []);
    assert.deepEqual(offered('const url = "http://man'), []);
  });
});
