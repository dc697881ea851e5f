import { visitorKeys as keys } from '@typescript-eslint/visitor-keys';
import type { TSESTree } from '@typescript-eslint/types';
import { isNode } from './nodes';

/** Which properties of a node hold its children, by node type. */
export const visitorKeys: Readonly<Record<string, readonly string[] | undefined>> = keys;

/** Visits every node below and including `start`, parents first, in source order; without recursion, as code nests deeply. */
export function walk(start: TSESTree.Node, visit: (node: TSESTree.Node) => void): void {
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    visit(node);
    // The last child first, as the stack gives the newest back. Every file is walked some times: no lists are made here.
    const names = visitorKeys[node.type] ?? NO_KEYS;
    for (let name = names.length - 1; name >= 0; name--) {
      const value: unknown = Reflect.get(node, names[name] ?? '');
      if (isNode(value)) pending.push(value);
      else if (Array.isArray(value)) pushNodes(value, pending);
    }
  }
}

const NO_KEYS: readonly string[] = [];

function pushNodes(values: readonly unknown[], pending: TSESTree.Node[]): void {
  for (let index = values.length - 1; index >= 0; index--) {
    const value = values[index];
    if (isNode(value)) pending.push(value);
  }
}
