import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { FixCase } from '../case';
import { listOf, type StatementList } from '../edit/statements';

/** A list of statements in which two nodes lie, and the first statement of it that has one of them. */
export interface Common {
  readonly list: StatementList;
  readonly first: TSESTree.Node;
}

/** The innermost list of statements that has both nodes. */
export function commonScope(one: TSESTree.Node, other: TSESTree.Node): Common | undefined {
  for (let at: TSESTree.Node | undefined = one; at !== undefined; at = at.parent) {
    const list = listOf(at);
    if (list === undefined || !within(other, list)) continue;
    if (one.range[0] <= other.range[0]) return { list, first: at };
    let first = other;
    while (first.parent !== undefined && first.parent !== list) first = first.parent;
    return { list, first };
  }
  return undefined;
}

/** The functions between a node and something around it, innermost first. */
export function functionsBetween(node: TSESTree.Node, outer: TSESTree.Node): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  for (let at = node.parent; at !== undefined && at !== outer; at = at.parent) if (isFunction(at)) found.push(at);
  return found;
}

/** The variables that an expression names and that are declared outside of it. */
export function namesIn(expression: TSESTree.Node, { ctx }: FixCase): Variable[] {
  const found = new Set<Variable>();
  walk(expression, (node) => {
    const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
    if (variable !== undefined && !variable.identifiers.some((identifier) => within(identifier, expression))) found.add(variable);
  });
  return [...found];
}

/** The name means this variable at the node: it is declared around it, and nothing in between has the name too. */
export function isNamedAt(variable: Variable, node: TSESTree.Node, { ctx }: FixCase): boolean {
  const { block } = variable.scope;
  if (!within(node, block)) return false;
  return !ctx.bindings.scopes.scopes.some((scope) => scope !== variable.scope && within(node, scope.block) && within(scope.block, block) && scope.set.get(variable.name)?.defs.length);
}

/** The node mentions `this`, `super` or `arguments` of the function around it. */
export function usesFunctionAround(expression: TSESTree.Node): boolean {
  let found = false;
  walk(expression, (node) => {
    if (node.type !== T.ThisExpression && node.type !== T.Super && !(node.type === T.Identifier && node.name === 'arguments')) return;
    for (let at: TSESTree.Node | undefined = node; at !== undefined; at = at === expression ? undefined : at.parent) {
      if ((isFunction(at) && at.type !== T.ArrowFunctionExpression) || at.type === T.PropertyDefinition || at.type === T.StaticBlock) return;
    }
    found = true;
  });
  return found;
}
