import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { walk } from '../../../../src/engine/syntax/visit';
import type { SourceModule } from '../../../../src/engine/analyse';
import { classPairs } from './classes';
import { effectPairs } from './effects';
import type { Pair } from './pair';
import { promisePairs, racePairs, signalPairs } from './promises';
import { registeredPairs } from './registered';

/** All that a module begins and ends in code that is not one function's flow. */
export function pairsIn({ ast, text }: SourceModule): Pair[] {
  const textOf = ({ range: [start, end] }: TSESTree.Node): string => text.slice(start, end);
  const pairs = [registeredPairs, effectPairs, promisePairs, signalPairs, racePairs].flatMap((find) => find(ast, textOf));
  walk(ast, (node) => {
    if (node.type === T.ClassDeclaration || node.type === T.ClassExpression) pairs.push(...classPairs(node, textOf));
  });
  return pairs;
}
