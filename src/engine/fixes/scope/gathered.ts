import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Obligation } from '../../ownership/obligation';
import { isAsync, isFunction, rootOf, unwrapAwait } from '../../syntax/nodes';
import type { ResourceCase } from '../case';
import { listOf } from '../edit/statements';
import type { ListUse } from './listUses';
import { useOfList } from './listUses';
import { isPromiseAll } from './oldReleases';

/** `Promise.all` over nothing but acquires: an array of them, or a list that each is made for. */
export interface Acquires {
  readonly call: TSESTree.CallExpression;
  readonly obligations: readonly Obligation[];
}

/** `const files = await Promise.all(paths.map((path) => open(path)));`: the resources lie in a list that has a name. */
export interface Gathered extends Acquires {
  readonly statement: TSESTree.VariableDeclaration;
  readonly variable: Variable;
  /** What is done with the list, in the order of the text. */
  readonly uses: readonly ListUse[];
}

/** Undefined where something else is among the elements, or one of them does more than acquire. */
export function acquiresOf({ obligation, obligations, ctx }: ResourceCase): Acquires | undefined {
  const { call } = obligation.site;
  if (!obligation.site.async || obligation.site.holder.in !== 'result') return undefined;
  const { parent } = call;
  if (parent.type === T.ArrayExpression && parent.parent.type === T.CallExpression && isPromiseAll(parent.parent, ctx)) {
    const owed = parent.elements.map((element) => obligations.find(({ site }) => site.call === element && site.async && site.holder.in === 'result'));
    const found = owed.filter((one) => one !== undefined);
    return found.length === owed.length ? { call: parent.parent, obligations: found } : undefined;
  }
  const fn = rootOf(call);
  const map = isFunction(fn) && valueOf(fn) === call ? fn.parent : undefined;
  if (map?.type !== T.CallExpression || map.arguments[0] !== fn || map.callee.type !== T.MemberExpression || map.callee.property.type !== T.Identifier || map.callee.property.name !== 'map') return undefined;
  return map.parent.type === T.CallExpression && isPromiseAll(map.parent, ctx) ? { call: map.parent, obligations: [obligation] } : undefined;
}

/** What a function gives that does nothing else: the body of an arrow, or its only statement. */
function valueOf({ body }: { readonly body: TSESTree.Node | null | undefined }): TSESTree.Node | undefined {
  if (body?.type !== T.BlockStatement) return body ? unwrapAwait(body) : undefined;
  const [only, ...more] = body.body;
  return more.length === 0 && only?.type === T.ReturnStatement && only.argument ? unwrapAwait(only.argument) : undefined;
}

/** Undefined where the list goes somewhere that nobody follows, or a scope could not begin where it is declared. */
export function gatheredOf(given: ResourceCase): Gathered | undefined {
  const found = acquiresOf(given);
  const declarator = found?.call.parent.type === T.AwaitExpression ? found.call.parent.parent : undefined;
  if (found === undefined || declarator?.type !== T.VariableDeclarator || declarator.id.type !== T.Identifier) return undefined;
  const statement = declarator.parent;
  const list = listOf(statement);
  if (list === undefined || list.type === T.SwitchCase || list.type === T.Program || statement.kind !== 'const' || statement.declarations.length !== 1 || !isAsync(rootOf(statement))) return undefined;
  const variable = given.ctx.bindings.variableOf(declarator.id);
  const uses: ListUse[] = [];
  for (const { identifier, init } of variable?.references ?? []) {
    if (init === true) continue;
    const use = useOfList(identifier, list, given);
    if (use === undefined) return undefined;
    uses.push(use);
  }
  return variable && { ...found, statement, variable, uses };
}
