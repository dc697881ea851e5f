import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../findings';
import { childrenOf } from '../syntax/nodes';
import { visitorKeys } from '../syntax/visit';

/** The nodes whose text is exactly the range, outermost first: a walk down to it, past everything beside it. */
export function nodesAt(program: TSESTree.Program, { start, end }: Range): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  let at: TSESTree.Node | undefined = program;
  while (at !== undefined) {
    if (at.range[0] === start && at.range[1] === end) found.push(at);
    at = childrenOf(at, visitorKeys).find(({ range }) => range[0] <= start && range[1] >= end);
  }
  return found;
}
