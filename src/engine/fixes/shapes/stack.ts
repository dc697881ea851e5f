import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Draft, ResourceCase } from '../case';
import { ofResource } from '../case';
import { declaredAt, freeName, importName } from '../edit/imports';
import type { Imported } from '../edit/imports';
import { Plan } from '../edit/plan';
import { statementsOf, listOf } from '../edit/statements';
import { enterOnStack } from '../scope/enter';
import { tidy } from '../scope/declare';
import type { Holding } from '../scope/holding';
import { canAwait } from '../scope/holding';
import type { Scoping } from '../scope/scoping';
import { cautionsOf, isNeededFree, scopingOf } from '../scope/scoping';

interface Stack {
  readonly name: string;
  /** Absent: it is there already. */
  readonly declaration?: string;
  readonly imported?: Imported;
  readonly native: boolean;
  /** It lets go of what it has where the caller gets the resource, as it is. */
  readonly moved?: boolean;
}

/** `await using stack = new AsyncDisposableStack(); const x = stack.adopt(await acquire(), (x) => x.close());` */
export const makeStack = ofResource((given): Draft[] => {
  if (!given.ability.using) return [];
  const scoping = scopingOf(given, { among: true });
  if (scoping === undefined) return [];
  const { holding, release, handOvers } = scoping;
  if ((release.async && !canAwait(given)) || isNeededFree(given, scoping)) return [];
  const stack = stackFor(given, scoping);
  if (stack === undefined) return [];
  const { source } = given;
  const plan = new Plan();
  stack.imported?.apply(plan);
  release.imported?.apply(plan);
  const apart = source.breakAt(holding.statement.range[0]);
  if (stack.declaration !== undefined) plan.insert(holding.statement.range[0], `${stack.declaration}${apart}`);
  enterOnStack(plan, stack, scoping, given, apart);
  if (stack.moved !== true) for (const statement of handOvers) letGo(plan, statement, stack.name, given);
  tidy(plan, scoping, given);
  const how = stack.declaration === undefined ? `the stack \`${stack.name}\`` : `a stack: \`${release.async || canAwait(given) ? 'await using' : 'using'}\``;
  return [{ title: `Release \`${holding.expression === '' ? given.finding.resource : holding.expression}\` by ${how}`, plan, cautions: cautionsOf(given, scoping), usesRuntime: stack.imported !== undefined && !stack.native }];
});

/** The caller gets the resource: the stack must no longer release it. */
export function letGo(plan: Plan, statement: TSESTree.ReturnStatement, stack: string, { source }: ResourceCase): void {
  const { parent } = statement;
  const inList = parent.type === T.BlockStatement || parent.type === T.SwitchCase;
  if (inList) plan.insert(statement.range[0], `${stack}.move()${source.semi}${source.breakAt(statement.range[0])}`);
  else plan.insert(statement.range[0], `{ ${stack}.move(); `).insert(statement.range[1], ' }');
}

function isMovedBefore(statement: TSESTree.ReturnStatement, stack: string, { source }: ResourceCase): boolean {
  const list = listOf(statement);
  const all = list ? statementsOf(list) : [];
  const before = all[all.indexOf(statement) - 1];
  return before !== undefined && source.textOf(before).replace(/;$/, '') === `${stack}.move()`;
}

/** A stack of this very scope that nothing was declared behind, or a new one. */
function stackFor(given: ResourceCase, { holding, release, handOvers }: Scoping): Stack | undefined {
  const { source, ability, ctx } = given;
  const there = existingStack(holding, release.async);
  const moved = there !== undefined && handOvers.every((statement) => isMovedBefore(statement, there.name, given));
  const existing = moved || handOvers.length === 0 ? there : undefined;
  if (existing) return { name: existing.name, moved, native: declaredAt(existing.type, ctx.bindings) === undefined };
  const asynchronous = canAwait(given);
  const type = asynchronous ? 'AsyncDisposableStack' : 'DisposableStack';
  const name = freeName('stack', ctx.bindings, holding.statement);
  const imported = ability.stacks ? undefined : importName(type, ability.runtime.specifier, source, ctx.bindings, ability);
  return { name, native: ability.stacks, declaration: `${asynchronous ? 'await using' : 'using'} ${name} = new ${imported?.local ?? type}()${source.semi}`, ...(imported ? { imported } : {}) };
}

/** The nearest scope declaration before the acquire in its list, if it is a stack that can release this. */
function existingStack({ list, statement }: Holding, asynchronous: boolean): { readonly name: string; readonly type: string } | undefined {
  const before = statementsOf(list).filter((other) => other.range[1] <= statement.range[0]);
  const scope = before.findLast((other) => other.type === T.VariableDeclaration && (other.kind === 'using' || other.kind === 'await using'));
  if (scope?.type !== T.VariableDeclaration) return undefined;
  const last = scope.declarations.at(-1);
  if (last?.init?.type !== T.NewExpression || last.init.callee.type !== T.Identifier || last.id.type !== T.Identifier) return undefined;
  const fits = /^Async(?:Disposable|Exit)Stack\d*$/.test(last.init.callee.name) || (!asynchronous && /^(?:Disposable|Exit)Stack\d*$/.test(last.init.callee.name));
  return fits ? { name: last.id.name, type: last.init.callee.name } : undefined;
}
