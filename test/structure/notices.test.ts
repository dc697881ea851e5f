import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The packages that a bundle says it was made of: a bundle that is not minified names each file before its code. */
function packagesIn(bundle: string): Set<string> {
  return new Set([...bundle.matchAll(/^\s*\/\/ (?:\S*\/)?node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//gm)].map((match) => match[1] ?? ''));
}

/** The packages that the notices name, each with its part of the text. */
function readNotices(text: string): Map<string, string> {
  const parts = text.split(/^={80}\n(\S+) \S+ \([^\n]+\)\n={80}\n/m);
  const named = new Map<string, string>();
  for (let at = 1; at < parts.length; at += 2) named.set(parts[at] ?? '', (named.get(parts[at] ?? '') ?? '') + (parts[at + 1] ?? ''));
  return named;
}

describe('the notices of third parties', () => {
  const notices = readNotices(readFileSync('dist/THIRD_PARTY_NOTICES.txt', 'utf8'));

  it('name every package that is bundled', () => {
    const bundles = readdirSync('dist').filter((file) => file.endsWith('.js') && file !== 'typescript.js');
    const bundled = new Set(bundles.flatMap((file) => [...packagesIn(readFileSync(path.join('dist', file), 'utf8'))]));
    assert.ok(bundled.has('jsonc-parser') && bundled.has('vscode-jsonrpc'), 'the bundles do not say what they are made of');
    // It is minified, and so names nothing itself; the packages whose code was all left out are named all the same.
    assert.deepEqual([...bundled, 'typescript'].filter((name) => !notices.has(name)), []);
  });

  it('give each its licence, and what TypeScript passes on', () => {
    for (const [name, text] of notices) assert.match(text, /permission|licen[sc]e/i, name);
    assert.match(notices.get('typescript') ?? '', /Apache License[\s\S]*Unicode/);
  });
});
