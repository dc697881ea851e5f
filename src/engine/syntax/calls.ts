import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName } from './nodes';
import { walk } from './visit';

/** What stands below a node, by name, in the order of the text. */
interface Names {
  readonly calls: ReadonlyMap<string, readonly TSESTree.CallExpression[]>;
  readonly identifiers: ReadonlyMap<string, readonly TSESTree.Identifier[]>;
}

const known = new WeakMap<TSESTree.Node, Names>();

/** The calls below the node (and itself) by the last name of what they call. Looked for once, however many ask: a search for each candidate would be quadratic. */
export function callsIn(scope: TSESTree.Node): Names['calls'] {
  return namesIn(scope).calls;
}

/** The identifiers of this name below the node, whatever they stand for. */
export function identifiersIn(scope: TSESTree.Node, name: string): readonly TSESTree.Identifier[] {
  return namesIn(scope).identifiers.get(name) ?? [];
}

/** The calls below the node of one of these names, in the order of the text, outer ones first. */
export function callsNamed(scope: TSESTree.Node, names: readonly string[]): readonly TSESTree.CallExpression[] {
  const calls = callsIn(scope);
  const lists = [...new Set(names)].flatMap((name) => calls.get(name) ?? []);
  return lists.sort((one, other) => one.range[0] - other.range[0] || other.range[1] - one.range[1]);
}

function namesIn(scope: TSESTree.Node): Names {
  const before = known.get(scope);
  if (before) return before;
  const calls = new Map<string, TSESTree.CallExpression[]>();
  const identifiers = new Map<string, TSESTree.Identifier[]>();
  walk(scope, (node) => {
    if (node.type === T.Identifier) add(identifiers, node.name, node);
    const name = node.type === T.CallExpression ? calleeName(node) : undefined;
    if (node.type === T.CallExpression && name !== undefined) add(calls, name, node);
  });
  const names = { calls, identifiers };
  known.set(scope, names);
  return names;
}

function add<V>(lists: Map<string, V[]>, name: string, value: V): void {
  const list = lists.get(name);
  if (list) list.push(value);
  else lists.set(name, [value]);
}
