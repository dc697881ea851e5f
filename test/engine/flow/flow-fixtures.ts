import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseForESLint } from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowRoot } from '../../../src/engine/flow/graph';
import { collectFlowRoots } from '../../../src/engine/flow/roots';
import { linkParents } from '../../../src/workspace/parents';

const FOLDER = path.join('test', 'engine', 'flow', 'fixtures');

/** A piece of source and the graph that it must have. */
export interface FlowCase {
  readonly title: string;
  /** Which root's graph: the first of this node type. Default: the first function declaration, else the module body. */
  readonly root: string | undefined;
  readonly source: string;
  readonly expected: string;
}

export interface FlowFixture {
  readonly name: string;
  readonly cases: readonly FlowCase[];
}

/**
 * Reads the fixture files. A case is a line `=== title` (with ` | RootType` where a certain root is meant), the source,
 * a line `---`, and the printed graph.
 */
export function readFlowFixtures(): FlowFixture[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
  return names.sort().map((name) => ({ name, cases: readCases(name, readFileSync(path.join(FOLDER, name), 'utf8')) }));
}

function readCases(name: string, text: string): FlowCase[] {
  const [before = '', ...parts] = text.split(/^=== /m);
  if (before.trim() !== '') throw new Error(`${name} does not begin with a case`);
  return parts.map((part) => {
    const [heading = '', ...lines] = part.split('\n');
    const divider = lines.indexOf('---');
    if (divider < 0) throw new Error(`${name}: the case "${heading}" has no ---`);
    const [title = '', root] = heading.split(' | ');
    return { title, root, source: lines.slice(0, divider).join('\n') + '\n', expected: lines.slice(divider + 1).join('\n').trim() + '\n' };
  });
}

/** Parses TypeScript with JSX, every node linked to its parent. */
export function parseLinked(source: string, filePath = 'case.tsx'): TSESTree.Program {
  const { ast } = parseForESLint(source, { filePath, sourceType: 'module', ecmaFeatures: { jsx: true }, loc: true, range: true });
  linkParents(ast);
  return ast;
}

export function rootFor({ root, title }: FlowCase, program: TSESTree.Program): FlowRoot {
  const roots = collectFlowRoots(program);
  const found = root === undefined ? (roots.find(({ type }) => type === 'FunctionDeclaration') ?? program) : roots.find(({ type }) => type === root);
  if (found === undefined) throw new Error(`"${title}" has no ${root ?? 'root'}`);
  return found;
}
