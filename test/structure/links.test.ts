import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readAnchors, readLinks } from './markdown';
import { trackedFiles } from './tracked';

/** What is wrong with the links of a page. `files`: what is there, relative to the same root as `page`. */
function brokenLinks(page: string, text: string, files: ReadonlySet<string>, read: (file: string) => string): string[] {
  return readLinks(text).flatMap(({ target, line }) => {
    if (/^[a-z][a-z+.-]*:/i.test(target)) return [];
    const [file = '', anchor] = decodeURI(target).split('#');
    const at = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
    const there = files.has(at) || [...files].some((one) => one.startsWith(`${at.replace(/\/$/, '')}/`));
    if (!there) return [`${page}:${String(line)}: ${target} is not there`];
    if (anchor === undefined || !at.endsWith('.md') || readAnchors(file === '' ? text : read(at)).has(anchor)) return [];
    return [`${page}:${String(line)}: ${at} has no heading #${anchor}`];
  });
}

describe('links in Markdown', () => {
  it('lead to files and headings of the repository', () => {
    const files = new Set(trackedFiles());
    const pages = [...files].filter((file) => file.endsWith('.md'));
    assert.ok(pages.length > 0);
    const read = (file: string): string => readFileSync(file, 'utf8');
    assert.deepEqual(pages.flatMap((page) => brokenLinks(page, read(page), files, read)), []);
  });

  it('are found broken when they are', () => {
    const check = (text: string): number => brokenLinks('docs/a.md', text, new Set(['docs/a.md', 'docs/b.md', 'src/x.ts']), () => '# One thing, two\n').length;
    for (const right of ['[b](b.md)', '[b](./b.md#one-thing-two)', '[x](../src/x.ts)', '[src](../src/)', '[w](https://example.org)', '# A\n[a](#a)', '`[c](c.md)`', '```\n[c](c.md)\n```']) {
      assert.equal(check(right), 0, right);
    }
    for (const wrong of ['[c](c.md)', '[b](b.md#two)', '[b](/docs/b.md)', '[a](#a)', '![c](c.png)']) assert.equal(check(wrong), 1, wrong);
  });
});
