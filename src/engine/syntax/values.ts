import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { staticName, unwrapAwait } from './nodes';

/** `null`, `undefined`, `void 0`. */
export function isNothing(expression: TSESTree.Node): boolean {
  const node = unwrapAwait(expression);
  return (
    (node.type === T.Literal && node.value === null && node.raw === 'null') ||
    (node.type === T.Identifier && node.name === 'undefined') ||
    (node.type === T.UnaryExpression && node.operator === 'void')
  );
}

/** The way from a pattern's value to the name in it: `['promises', 'open']` for `{ promises: { open } }`. */
export function patternPath(pattern: TSESTree.Node, name: TSESTree.Identifier): string[] | undefined {
  if (pattern === name) return [];
  if (pattern.type === T.AssignmentPattern) return patternPath(pattern.left, name);
  if (pattern.type === T.ObjectPattern) {
    for (const property of pattern.properties) {
      if (property.type !== T.Property) continue;
      const key = staticName(property);
      const rest = patternPath(property.value, name);
      if (key !== undefined && rest) return [key, ...rest];
    }
  }
  return undefined;
}

/** `X` of `X[]`, `readonly X[]`, `Array<X>`, `ReadonlyArray<X>`, `Set<X>`. */
export function elementType(type: TSESTree.TypeNode | undefined): TSESTree.TypeNode | undefined {
  if (type === undefined) return undefined;
  if (type.type === T.TSTypeOperator) return elementType(type.typeAnnotation);
  if (type.type === T.TSArrayType) return type.elementType;
  if (type.type !== T.TSTypeReference || type.typeName.type !== T.Identifier) return undefined;
  return ['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Iterable'].includes(type.typeName.name) ? type.typeArguments?.params[0] : undefined;
}
