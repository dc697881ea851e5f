import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from '../syntax/nodes';
import { enclosingLoop, isUsing, rootOf, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';

/** The `yield`s of a generator itself. `repeated`: some may be come to more than once, so that nobody can count the steps. */
export function yieldsOf(generator: FunctionNode): { readonly list: readonly TSESTree.YieldExpression[]; readonly repeated: boolean } {
  const list: TSESTree.YieldExpression[] = [];
  walk(generator, (node) => {
    if (node.type === T.YieldExpression && rootOf(node) === generator) list.push(node);
  });
  return { list, repeated: list.some((at) => at.delegate || enclosingLoop(at) !== undefined) };
}

/** Something is cleaned up when the generator ends at this `yield`: a `finally` around it, or a `using` before it in a block around it. */
export function isProtected(at: TSESTree.YieldExpression, generator: FunctionNode): boolean {
  for (let node: TSESTree.Node = at, parent: TSESTree.Node | undefined = at.parent; parent !== undefined && node !== generator; node = parent, parent = parent.parent) {
    if (parent.type === T.TryStatement && parent.finalizer && node !== parent.finalizer) return parent.finalizer.body.length > 0;
    if (parent.type === T.BlockStatement && parent.body.some((statement) => isUsing(statement) && statement.range[1] <= at.range[0])) return true;
    if ((parent.type === T.ForOfStatement || parent.type === T.ForStatement) && within(at, parent.body)) {
      const declared = parent.type === T.ForOfStatement ? parent.left : parent.init;
      if (declared && isUsing(declared)) return true;
    }
  }
  return false;
}
