import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from '../../syntax/nodes';
import type { Plan } from '../edit/plan';
import type { Source } from '../edit/source';

/**
 * Plans the `async` of a function, and the promise of its declared `void`; false where it must not become async: a generator, an
 * accessor, a constructor, a declared type that is no promise.
 */
export function asyncEdit(plan: Plan, fn: FunctionNode, source: Source): boolean {
  const type = fn.returnType?.typeAnnotation;
  if (fn.generator || !mayGivePromise(type)) return false;
  promiseOfVoid(plan, fn);
  const { parent } = fn;
  if (parent.type === T.MethodDefinition || (parent.type === T.Property && (parent.method || parent.kind !== 'init'))) {
    if (parent.kind !== 'method' && parent.kind !== 'init') return false;
    plan.insert(parent.computed ? source.text.lastIndexOf('[', parent.key.range[0]) : parent.key.range[0], 'async ');
    return true;
  }
  plan.insert(fn.range[0], 'async ');
  return true;
}

function mayGivePromise(type: TSESTree.TypeNode | undefined): boolean {
  return type === undefined || type.type === T.TSVoidKeyword || (type.type === T.TSTypeReference && type.typeName.type === T.Identifier && type.typeName.name === 'Promise');
}

/** `: void` -> `: Promise<void>`. */
export function promiseOfVoid(plan: Plan, { returnType }: FunctionNode): void {
  const type = returnType?.typeAnnotation;
  if (type?.type === T.TSVoidKeyword) plan.replace({ start: type.range[0], end: type.range[1] }, 'Promise<void>');
}
