import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { collectEffects } from '../../ownership/collect';
import type { Context } from '../../ownership/context';
import type { Obligation } from '../../ownership/obligation';
import { placeOfVariable } from '../../ownership/place';
import { isAsync, rootOf } from '../../syntax/nodes';
import type { ResourceCase } from '../case';
import { listOf } from '../edit/statements';
import { isPromiseAll } from './oldReleases';

/** `const [a, b] = await Promise.all([open(x), open(y)]);`: names, and what each of them is given. */
export interface Concurrent {
  readonly statement: TSESTree.VariableDeclaration;
  readonly call: TSESTree.CallExpression;
  readonly elements: readonly ConcurrentElement[];
}

export interface ConcurrentElement {
  readonly name: TSESTree.Identifier;
  readonly value: TSESTree.Expression;
  /** What is owed for it; absent for work that acquires nothing. */
  readonly obligation: Obligation | undefined;
}

/** Undefined where the elements have no names of their own, or a scope could not begin where the statement stands. */
export function concurrentOf({ obligation, obligations, ctx }: ResourceCase): Concurrent | undefined {
  const array = obligation.site.call.parent;
  if (array.type !== T.ArrayExpression || array.parent.type !== T.CallExpression || !isPromiseAll(array.parent, ctx)) return undefined;
  const call = array.parent;
  const declarator = call.parent.type === T.AwaitExpression ? call.parent.parent : undefined;
  if (declarator?.type !== T.VariableDeclarator || declarator.id.type !== T.ArrayPattern || declarator.id.typeAnnotation !== undefined) return undefined;
  const statement = declarator.parent;
  const list = listOf(statement);
  if (list === undefined || list.type === T.SwitchCase || list.type === T.Program || statement.kind !== 'const' || statement.declarations.length !== 1 || !isAsync(rootOf(statement))) return undefined;
  const names = declarator.id.elements;
  if (names.length !== array.elements.length) return undefined;
  const elements: ConcurrentElement[] = [];
  for (const [index, value] of array.elements.entries()) {
    const name = names[index];
    if (name?.type !== T.Identifier || value === null || value.type === T.SpreadElement) return undefined;
    const owed = obligations.find(({ site }) => site.call === value && site.async && site.holder.in === 'result');
    const held = owed && heldBy(name, declarator, owed, ctx);
    if (owed !== undefined && held === undefined) return undefined;
    elements.push({ name, value, obligation: held });
  }
  return { statement, call, elements };
}

/** The obligation as it is once the name has the resource: the analysis follows it into `Promise.all`, and no further. */
function heldBy(id: TSESTree.Identifier, at: TSESTree.VariableDeclarator, obligation: Obligation, ctx: Context): Obligation | undefined {
  const variable = ctx.bindings.variableOf(id);
  if (variable === undefined || at.init === null) return undefined;
  const { site, root } = obligation;
  const place = placeOfVariable(variable, [], ctx.bindings);
  const effects = collectEffects(root, { places: [place], flights: [], path: [] }, site, ctx);
  const graph = ctx.graphOf(root);
  const starts = new Set(graph.nodesOf(at.init).filter(({ kind }) => kind === 'await'));
  return { ...obligation, effects, input: { ...obligation.input, effects, starts, places: [place.key] }, landings: [{ to: 'variable', id, at, path: [], using: false }], name: id.name };
}
