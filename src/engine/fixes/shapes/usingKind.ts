import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isAsync, rootOf } from '../../syntax/nodes';
import type { Draft, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import { nodesAt } from '../locate';

/** `using` -> `await using` on what is released asynchronously, and the other way round. */
export const makeUsingKind: FixMaker = ({ finding, source }): Draft[] => {
  const declaration = declarationAround(nodesAt(source.module.ast, finding).at(-1));
  if (declaration?.declarations.length !== 1) return [];
  const [start] = declaration.range;
  if (declaration.kind === 'using') {
    if (!isAsync(rootOf(declaration))) return [];
    return [{ title: 'Write `await using`: it is released asynchronously', plan: new Plan().insert(start, 'await '), cautions: [] }];
  }
  const keyword = /^await\s+(?=using\b)/.exec(source.textOf(declaration));
  if (declaration.kind !== 'await using' || keyword === null) return [];
  return [{ title: 'Write `using`: it is released at once', plan: new Plan().remove({ start, end: start + keyword[0].length }), cautions: ['The block no longer waits a turn at its end.'] }];
};

function declarationAround(node: TSESTree.Node | undefined): TSESTree.VariableDeclaration | undefined {
  for (let at = node; at !== undefined; at = at.parent) if (at.type === T.VariableDeclaration) return at;
  return undefined;
}
