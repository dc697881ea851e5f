import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowRoot } from '../flow/graph';
import { rootOf, within } from '../syntax/nodes';
import type { Effects } from './collect';
import type { Context } from './context';
import type { Leak } from './search';

/** The path leaves a release out by a condition on a flag that a nested function sets (`if (!timedOut) await client.end()`): somebody thought of it. */
export function skipsByFlag(leak: Leak, { effects, root }: Effects, ctx: Context): boolean {
  return leak.path.some(({ node }) => {
    if (node.kind !== 'test' || !isSetElsewhere(node.ast, root, ctx)) return false;
    const guarded = ifStatementOf(node.ast);
    return guarded !== undefined && effects.some((effect) => effect.kind === 'release' && within(effect.at, guarded));
  });
}

/** A variable of this function that a function inside of it writes. */
function isSetElsewhere(test: TSESTree.Node, root: FlowRoot, ctx: Context): boolean {
  const name = test.type === T.UnaryExpression && test.operator === '!' ? test.argument : test;
  const variable = name.type === T.Identifier ? ctx.bindings.variableOf(name) : undefined;
  return variable?.references.some((reference) => reference.isWrite() && rootOf(reference.identifier) !== root) ?? false;
}

/** The statement that the condition, or the negation or conjunction around it, decides. */
function ifStatementOf(test: TSESTree.Node): TSESTree.IfStatement | undefined {
  let at = test;
  while (at.parent?.type === T.UnaryExpression || at.parent?.type === T.LogicalExpression) at = at.parent;
  return at.parent?.type === T.IfStatement && at.parent.test === at ? at.parent : undefined;
}
