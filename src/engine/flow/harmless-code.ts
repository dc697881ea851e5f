import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { childrenOf, isFunction } from '../syntax/nodes';
import { visitorKeys } from '../syntax/visit';
import { gradeCall } from './grade';
import type { ThrowKnowledge } from './grade';

/** Code of more nodes than this is not looked through: the answer is wanted at every step of a path. */
const LARGEST = 200;

/** A short piece of code in which nothing throws as far as names tell. Functions inside it don't run there. */
export function throwsNothing(code: TSESTree.Node, knowledge: ThrowKnowledge): boolean {
  const open = [code];
  for (let seen = 0; seen < LARGEST; seen++) {
    const node = open.pop();
    if (node === undefined) return true;
    if (isFunction(node)) continue;
    if (mayThrow(node, knowledge)) return false;
    open.push(...childrenOf(node, visitorKeys));
  }
  return false;
}

function mayThrow(node: TSESTree.Node, knowledge: ThrowKnowledge): boolean {
  switch (node.type) {
    case T.ThrowStatement:
    case T.AwaitExpression:
    case T.YieldExpression:
    case T.ImportExpression:
    case T.ClassExpression:
    case T.ClassDeclaration:
    case T.ForOfStatement:
      return true;
    case T.CallExpression:
    case T.NewExpression:
    case T.TaggedTemplateExpression:
      return gradeCall(node, knowledge) !== 'never';
    case T.VariableDeclaration:
      return node.kind === 'using' || node.kind === 'await using';
    default:
      return false;
  }
}
