import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from '../syntax/nodes';
import { lastName, staticName } from '../syntax/nodes';

/**
 * The function is what a consumer pulls from, and may stop pulling at any time: `next` of an iterator, `pull` or `start` of the source of a
 * stream. That it reads to the end when asked to is no sign that the end is ever reached; that is what `return` and `cancel` are there for.
 */
export function isPull(fn: FunctionNode): boolean {
  const { parent } = fn;
  if (parent.type !== T.Property || parent.parent.type !== T.ObjectExpression) return false;
  const name = staticName(parent);
  if (name === 'next') return true;
  return (name === 'pull' || name === 'start') && isStreamSource(parent.parent);
}

/** `new ReadableStream({ ... })`, or of a class that is made after it. */
function isStreamSource(object: TSESTree.ObjectExpression): boolean {
  const { parent } = object;
  return parent.type === T.NewExpression && parent.arguments[0] === object && /Stream/.test(lastName(parent.callee) ?? '');
}
