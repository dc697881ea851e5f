import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { brokenLinks } from './brokenLinks';
import { trackedFiles } from './tracked';

describe('links in Markdown', () => {
  it('lead to files and headings of the repository', () => {
    const files = new Set(trackedFiles());
    const pages = [...files].filter((file) => file.endsWith('.md'));
    assert.ok(pages.length > 0);
    assert.deepEqual(pages.flatMap((page) => brokenLinks(page, readFileSync(page, 'utf8'), files)), []);
  });

  it('are found broken when they are', () => {
    const check = (text: string): number => brokenLinks('docs/a.md', text, new Set(['docs/a.md', 'docs/b.md', 'src/x.ts']), () => '# One thing, two\n').length;
    for (const right of ['[b](b.md)', '[b](./b.md#one-thing-two)', '[x](../src/x.ts)', '[src](../src/)', '[w](https://example.org)', '# A\n[a](#a)', '`[c](c.md)`', '```\n[c](c.md)\n```']) {
      assert.equal(check(right), 0, right);
    }
    for (const wrong of ['[c](c.md)', '[b](b.md#two)', '[b](/docs/b.md)', '[a](#a)', '![c](c.png)']) assert.equal(check(wrong), 1, wrong);
  });
});
