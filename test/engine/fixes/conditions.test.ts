import assert from 'node:assert/strict';
import { loadFixFixtures, TUTORIAL } from './harness/fixture';

/** On what a fix is safe (docs/fixes.md), and what the one that fails it says. */
const CONDITIONS: readonly { readonly condition: string; readonly says: RegExp }[] = [
  { condition: 'the finding is definite', says: /not certain/ },
  { condition: 'no effect that came after the old release comes before it', says: /ran after the release/ },
  { condition: 'an error of the release that was caught inside is not let out', says: /release was caught/ },
  { condition: 'an error of the release that was handled where it was called is not let out', says: /release was handled/ },
  { condition: 'an error of the release that nobody saw does not reach the caller', says: /Nothing awaited the release/ },
  { condition: 'a release that says that all went well is not called after a failure', says: /all went well/ },
  { condition: 'a returned promise is not awaited where a catch sees what it rejects with', says: /returned promise is awaited/ },
  { condition: 'the function does not become async', says: /becomes async/ },
  { condition: 'no callback uses the resource later', says: /callback uses the resource/ },
  { condition: 'nobody unknown may keep the resource', says: /may keep the resource/ },
  { condition: 'nothing that was built upon the resource leaves', says: /was made with the resource/ },
  { condition: 'an await that was missing is looked at', says: /What follows waits/ },
  { condition: 'every version that the project admits has the symbol', says: /Not every version/ },
];

describe('what a safe fix has to fulfil', () => {
  const told = [...loadFixFixtures(), ...loadFixFixtures(TUTORIAL)].flatMap(({ name, sections }) => sections.flatMap(({ expected }) => (typeof expected === 'object' ? [{ name, caution: expected.caution }] : [])));
  for (const { condition, says } of CONDITIONS) {
    it(`${condition}: a fixture shows a fix that is a suggestion by it`, () => {
      assert.ok(told.some(({ caution }) => says.test(caution)), `no fixture expects ${String(says)}; there is: ${[...new Set(told.map(({ caution }) => caution))].join(' | ')}`);
    });
  }
});
