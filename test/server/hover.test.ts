import assert from 'node:assert/strict';
import type { Hover } from 'vscode-languageserver-protocol/node';
import type { Folder } from '../types/project';
import { CAPABILITIES, Client, uriOf } from './harness/client';
import { openProject, type OpenProject } from './harness/project';
import { LEAK, SOUND } from './harness/sources';
import { escapeMarkdown, escapeMessage, fence } from '../../src/server/markdown';

describe('server: hover', () => {
  let project: OpenProject;
  let folder: Folder;
  let client: Client;
  before(async () => {
    project = await openProject();
    ({ folder, client } = project);
  });
  after(() => project.close());

  let count = 0;
  /** What a hover over the first `word` of the text says. */
  const hover = async (text: string, word: string, over = client): Promise<string> => {
    const uri = uriOf(folder.write(`hover${String((count += 1))}.ts`, text));
    await over.open(uri, text);
    const before = text.slice(0, text.indexOf(word));
    const position = { line: before.split('\n').length - 1, character: before.length - (before.lastIndexOf('\n') + 1) };
    const found = await over.connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri }, position });
    const contents = found?.contents;
    return typeof contents === 'object' && 'value' in contents ? contents.value : '';
  };

  it('over an acquire that leaks draws its life and the path', async () => {
    const said = await hover(LEAK, 'open(path)');
    assert.match(said, /┌─ enter ─+┐\n│ line 3: open\(path\) +│/);
    assert.match(said, /┌─ body ─+┴─+┐\n│ lines 4 to 6: handle may be used +│/);
    assert.match(said, /┌─ exit ─+┴─+┐\n│ line 5: handle\.close\(\) +│\n│ ✗ skipped on the path below +│/);
    assert.match(said, /1\. line 3: `handle` is acquired/);
    assert.match(said, /`await using`\): releasing it awaits/);
    const [fenced = ''] = /```text\n([\s\S]*?)\n```/.exec(said)?.slice(1) ?? [];
    assert.equal(new Set(fenced.split('\n').map((line) => [...line].length)).size, 1, fenced);
  });

  it('over a `using` says that it always ends', async () => {
    for (const word of ['open(path)', 'await using', 'handle =']) {
      const said = await hover(SOUND, word);
      assert.match(said, /exit \(always\)/, word);
      assert.match(said, /also when the body throws/);
      assert.doesNotMatch(said, /leaks/);
    }
  });

  it('says why a sync scope is enough', async () => {
    const said = await hover(`import { openSync, closeSync, readSync } from 'node:fs';\nexport function f(p: string): void {\n  const fd = openSync(p);\n  try {\n    readSync(fd, Buffer.alloc(1));\n  } finally {\n    closeSync(fd);\n  }\n}\n`, 'openSync(p)');
    assert.match(said, /A sync scope is enough \(`using`\)/);
    assert.match(said, /┌─ exit \(always\) [─┴]+┐\n│ line 7: closeSync\(fd\)/);
  });

  it('over a `using` of something that no model knows tells what syntax tells', async () => {
    const said = await hover(`export function f(given: Disposable): void {\n  using thing = given;\n  void thing;\n}\n`, 'thing = given');
    assert.match(said, /thing: the life of this resource/);
    assert.match(said, /line 4: disposed of/);
  });

  it('elsewhere says nothing', async () => {
    assert.equal(await hover(LEAK, 'readFile'), '');
    assert.equal(await hover('export const a = 1;\n', 'a'), '');
  });

  it('does not let code speak markdown', async () => {
    const evil = `import { open } from 'node:fs/promises';\nexport async function f(): Promise<void> {\n  const h = await open('\`\`\`\`[x](command:evil)<img src=x>');\n  await h.stat();\n}\n`;
    const said = await hover(evil, "open('");
    const block = /(`{5,})text\n[\s\S]*?\n\1\n/.exec(said);
    assert.ok(block, said);
    assert.doesNotMatch(said.replace(block[0], ''), /command:|<img/);
    assert.equal(escapeMarkdown('a[b](c) *d* <e> `f` https://g.h'), 'a\\[b\\]\\(c\\) \\*d\\* &lt;e&gt; \\`f\\` https&#58;//g\\.h');
    assert.equal(escapeMessage('`x[0](y)` is *not* closed'), '`x[0](y)` is \\*not\\* closed');
    assert.equal(escapeMessage('`a` and an odd ` [x](y)'), '`a` and an odd \\` \\[x\\]\\(y\\)');
    assert.equal(fence('a ``` b'), '````text\na ``` b\n````');
  });

  it('is plain text where the editor knows no other', async () => {
    const plain = await Client.start({ folders: [folder.path], capabilities: { ...CAPABILITIES, textDocument: { ...CAPABILITIES.textDocument, hover: { contentFormat: ['plaintext'] } } } });
    try {
      const said = await hover(LEAK, 'open(path)', plain);
      assert.match(said, /^handle: the life of this file handle\n/);
      assert.doesNotMatch(said, /```|\*\*/);
    } finally {
      await plain.stop();
    }
  });
});
