import { visitorKeys as keys } from '@typescript-eslint/visitor-keys';
import type { TSESTree } from '@typescript-eslint/types';
import { childrenOf } from './nodes';

/** Which properties of a node hold its children, by node type. */
export const visitorKeys: Readonly<Record<string, readonly string[] | undefined>> = keys;

/** Visits every node below and including `start`, parents first, in source order; without recursion, as code nests deeply. */
export function walk(start: TSESTree.Node, visit: (node: TSESTree.Node) => void): void {
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    visit(node);
    const children = childrenOf(node, visitorKeys);
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child) pending.push(child);
    }
  }
}
