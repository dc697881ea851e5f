import assert from 'node:assert/strict';
import { areCompatible, combine } from '../../../src/engine/fixes/choose';
import { applyEdits } from '../../../src/engine/fixes/edit/plan';
import type { Fix, TextEdit } from '../../../src/engine/fixes/fix';
import { fixRepeatedly, Fixer, type FixRequest } from '../../../src/workspace/fixes';
import { findIn } from '../harness/run';
import { parseWithComments } from './harness/make';

const fix = (start: number, end: number, ...edits: readonly TextEdit[]): Fix => ({ shape: 'using', title: '', safe: true, edits, within: { start, end } });
const TEXT = 'abcdefghij';

describe('fixes, together', () => {
  it('go together where they share no code, in the order of the text', () => {
    const later = fix(6, 9, { start: 7, end: 8, text: 'H' });
    const earlier = fix(0, 4, { start: 1, end: 2, text: 'B' });
    const { fixes, edits } = combine([later, earlier]);
    assert.deepEqual(fixes, [later, earlier]);
    assert.equal(applyEdits(TEXT, edits), 'aBcdefgHij');
  });

  it('wait for the next round where one was worked out for code that the other changes, nested or crossing', () => {
    const first = fix(2, 6, { start: 3, end: 4, text: 'D' });
    for (const other of [fix(4, 8, { start: 7, end: 8, text: 'H' }), fix(0, 9, { start: 0, end: 1, text: 'A' }), fix(3, 4, { start: 3, end: 3, text: '!' })]) {
      assert.equal(areCompatible(first, other), false);
      assert.deepEqual(combine([first, other]).fixes, [first]);
    }
  });

  it('wait where their edits touch, though their code does not: an import in front of one that the other replaces', () => {
    const first = fix(4, 6, { start: 0, end: 0, text: 'x' }, { start: 4, end: 5, text: 'E' });
    assert.deepEqual(combine([first, fix(7, 9, { start: 0, end: 1, text: 'y' })]).fixes, [first]);
  });

  it('share an import that both want, once', () => {
    const imported = (): TextEdit => ({ start: 0, end: 0, text: 'import;' });
    const { fixes, edits } = combine([fix(1, 3, imported(), { start: 2, end: 3, text: 'C' }), fix(5, 8, imported(), { start: 6, end: 7, text: 'G' })]);
    assert.equal(fixes.length, 2);
    assert.equal(applyEdits(TEXT, edits), 'import;abCdefGhij');
  });
});

/** Three resources of one function, whose releases share a statement, and a fourth of another: all of their fixes overlap but one. */
const OVERLAPPING = `import { open } from 'node:fs/promises';

export async function same(a: string, b: string, c: string): Promise<boolean> {
  const one = await open(a);
  const two = await open(b);
  const three = await open(c);
  const sizes = [(await one.stat()).size, (await two.stat()).size, (await three.stat()).size];
  await Promise.all([three.close(), two.close(), one.close()]);
  return new Set(sizes).size === 1;
}

export async function size(a: string): Promise<number> {
  const file = await open(a);
  const { size: bytes } = await file.stat();
  await file.close();
  return bytes;
}
`;

const MENDED = `import { open } from 'node:fs/promises';

export async function same(a: string, b: string, c: string): Promise<boolean> {
  await using one = await open(a);
  await using two = await open(b);
  await using three = await open(c);
  const sizes = [(await one.stat()).size, (await two.stat()).size, (await three.stat()).size];
  return new Set(sizes).size === 1;
}

export async function size(a: string): Promise<number> {
  await using file = await open(a);
  const { size: bytes } = await file.stat();
  return bytes;
}
`;

describe('overlapping fixes of one file', () => {
  const request: FixRequest = { path: 'test/engine/fixes/fixtures/together.ts', text: OVERLAPPING, settings: { folder: '.' } };

  it('are all applied, round by round, and none is lost', () => {
    const { text, applied } = fixRepeatedly(new Fixer({ types: false }), request, ({ fixes }) => fixes.find(({ shape }) => shape === 'using'));
    assert.equal(text, MENDED);
    assert.equal(applied.length, 4);
    assert.deepEqual(findIn(parseWithComments('src/together.ts', text)), []);
  });

  it('come to the same text in whatever order they are asked for', () => {
    const fixer = new Fixer({ types: false });
    const backwards = { fixesOf: (asked: FixRequest) => [...fixer.fixesOf(asked)].reverse() };
    assert.equal(fixRepeatedly(backwards, request, ({ fixes }) => fixes.find(({ shape }) => shape === 'using')).text, MENDED);
  });
});
