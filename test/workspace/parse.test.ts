import assert from 'node:assert/strict';
import type { TSESTree } from '@typescript-eslint/types';
import { convertSource, parseSource } from '../../src/workspace/parse';
import { isSourcePath } from '../../src/workspace/languages';

function convert(text: string, path = '/project/file.ts') {
  return convertSource(parseSource(path, text));
}

/** Every node of a tree, outermost first. */
function nodesOf(program: TSESTree.Program): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  const visit = (value: unknown, key: string): void => {
    if (key === 'parent' || typeof value !== 'object' || value === null) return;
    if (isNode(value)) found.push(value);
    for (const [name, child] of Object.entries(value)) visit(child, name);
  };
  visit(program, '');
  return found;
}

function isNode(value: object): value is TSESTree.Node {
  return 'type' in value && 'range' in value;
}

/** The texts of all calls. */
function callsIn(text: string, path?: string): string[] {
  const { module } = convert(text, path);
  return nodesOf(module.ast)
    .filter((node) => node.type === 'CallExpression')
    .map(({ range }) => text.slice(...range));
}

describe('workspace: parsing', () => {
  it('links parents, and gives ranges and locations', () => {
    const { module } = convert('function f() { return open(`a${b}`, { c: 1 }); }');
    for (const node of nodesOf(module.ast)) {
      if (node.type !== 'Program') assert.ok(nodesOf(module.ast).includes(node.parent), `${node.type} has a parent in the tree`);
      assert.ok(node.loc.start.line >= 1);
    }
  });

  for (const extension of ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs']) {
    it(`parses .${extension}`, () => assert.deepEqual(callsIn('open("a");', `/project/file.${extension}`), ['open("a")']));
  }

  it('reads JSX where it can be, and type assertions where it cannot', () => {
    for (const extension of ['tsx', 'jsx', 'js']) assert.deepEqual(callsIn('const a = <A b={open()} />;', `/f.${extension}`), ['open()']);
    assert.deepEqual(callsIn('const a = <A>open();', '/f.ts'), ['open()']);
  });

  it('tells modules from CommonJS by extension and by imports', () => {
    const kinds = ([path, text]: readonly [string, string]) => convert(text, path).module.scopes.scopes.map(({ type }) => type);
    assert.deepEqual(kinds(['/f.ts', 'export {};']), ['global', 'module']);
    assert.deepEqual(kinds(['/f.mjs', 'a;']), ['global', 'module']);
    assert.deepEqual(kinds(['/f.js', 'const fs = require("fs");']), ['global', 'function']);
    assert.deepEqual(kinds(['/f.cts', 'import fs = require("fs");']), ['global', 'function']);
  });

  it('resolves top-level variables of scripts', () => {
    const { module } = convert('var fd = open(); close(fd);', '/f.js');
    const fd = module.scopes.scopes.flatMap(({ variables }) => variables).find(({ name }) => name === 'fd');
    assert.equal(fd?.references.length, 2);
  });

  it('keeps offsets with CRLF, a byte order mark and a hashbang', () => {
    assert.deepEqual(callsIn('\uFEFFlet a;\r\n\r\nopen(\r\n1);\r\n'), ['open(\r\n1)']);
    assert.deepEqual(callsIn('#!/usr/bin/env node\nopen();\n', '/f.js'), ['open()']);
    const { module } = convert('let a;\r\nopen();\r\n');
    assert.equal(module.ast.body[1]?.loc.start.line, 2);
  });

  it('collects comments where one may speak to the checks', () => {
    assert.equal(convert('// managed-scope-disable-next-line missing-release\nopen();').module.ast.comments?.length, 1);
    assert.equal(convert('/** @acquires */ function f() {}').module.ast.comments?.length, 1);
  });
});

describe('workspace: code with syntax errors', () => {
  const cases: readonly [name: string, text: string, calls: readonly string[]][] = [
    ['a missing parenthesis', 'open(1;\nclose();\n', ['open(1', 'close()']],
    ['an unfinished member', 'const a = open();\na.\nfunction f() { close(); }\n', ['open()', 'close()']],
    ['a missing brace at the end', 'open();\nfunction f() {\n  close();\n', ['open()', 'close()']],
    ['a stray brace', 'open();\n}\nclose();\n', ['open()', 'close()']],
    ['an unfinished declaration', 'open();\nconst = 3;\nclose();\n', ['open()', 'close()']],
    ['an unfinished string', 'open();\nconst a = "b;\nclose();\n', ['open()', 'close()']],
    ['an unfinished class', 'class A { m() { open();\n', ['open()']],
    ['merge markers', '<<<<<<< ours\nopen();\n=======\nclose();\n>>>>>>> theirs\n', ['open()']],
  ];
  for (const [name, text, calls] of cases) {
    it(`knows what stands around ${name}`, () => {
      const parsed = parseSource('/f.ts', text);
      assert.notEqual(parsed.errors.length, 0);
      const found = callsIn(text, '/f.ts');
      for (const call of calls) assert.ok(found.includes(call), `${call} is among ${found.join(' | ')}`);
    });
  }

  it('reads a file again as it did before where CI says that it is one', () => {
    const before = process.env['CI'];
    process.env['CI'] = 'true';
    try {
      for (let time = 0; time < 3; time += 1) assert.ok(callsIn('open();\nfunction f() {\n  close();\n', '/seen-again.ts').includes('close()'), `time ${String(time)}`);
    } finally {
      if (before === undefined) delete process.env['CI'];
      else process.env['CI'] = before;
    }
  });

  it('says on which lines the errors are', () => {
    const [first] = parseSource('/f.ts', 'open();\n\nconst = 3;\n').errors;
    assert.equal(first?.line, 3);
    assert.match(first.message, /expected/);
  });

  it('never throws for a prefix of a program, and never for one with a character missing', () => {
    const text = 'import { open } from "fs";\nclass A<T> extends B { @d m?(x: T = <T>y, ...r): x is T { for await (const [a, { b }] of c) if (d) { return `e${f}`; } else throw g; } }\nlabel: switch (h) { case 1: try { i?.j!.k(); } catch { break label; } finally { l ??= m; } }\nenum N { O = 1 }\nexport default async function* p() { yield* q as const; }\n';
    for (let cut = 0; cut < text.length; cut += 1) {
      assert.doesNotThrow(() => convert(text.slice(0, cut)), `up to ${String(cut)}`);
      assert.doesNotThrow(() => convert(text.slice(0, cut) + text.slice(cut + 1)), `without ${String(cut)}`);
    }
  });
});

describe('workspace: what is a source file', () => {
  for (const path of ['a.ts', 'a.TS', 'b.test.tsx', 'a.mjs']) it(`${path} is`, () => assert.equal(isSourcePath(path), true));
  for (const path of ['a.d.ts', 'a.d.mts', 'a.d.css.ts', 'a.json', 'ts', 'a.vue', 'a.ts.map']) it(`${path} is not`, () => assert.equal(isSourcePath(path), false));
});
