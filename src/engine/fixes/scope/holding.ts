import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { IN_FLIGHT, placeOf } from '../../ownership/place';
import { isAsync, receiverOf, rootOf, unwrap, unwrapAwait, within } from '../../syntax/nodes';
import { isNothing } from '../../syntax/values';
import type { ResourceCase } from '../case';
import type { StatementList } from '../edit/statements';
import { listOf, statementAround, statementsOf } from '../edit/statements';
import { mayBeAbsent, mayBeAnother, ownCondition } from './possibleValues';

/**
 * How the code holds a resource, and in which list of statements: the scope that a fix makes begins there and ends with that list.
 * `declared`: `const x = acquire()`. `assigned`: `let x; ... x = acquire()`. `beside`: nothing that a scope could declare, such as
 * `await client.connect()` or `const { release } = await lock()`: the release is registered behind it.
 */
export interface Holding {
  readonly form: 'declared' | 'assigned' | 'beside';
  /** What acquires. */
  readonly statement: TSESTree.Node;
  readonly list: StatementList;
  /** How later code names the resource. */
  readonly expression: string;
  readonly variable?: Variable;
  /** The declarator whose `let` becomes a declaration with a value elsewhere, or the one that has the value. */
  readonly declarator?: TSESTree.VariableDeclarator;
  /** What is declared or assigned. */
  readonly value?: TSESTree.Node;
  /** Of several declarators of one statement: those beside it. */
  readonly among?: Neighbours;
  /** The value may be another that is not this code's, `given ?? await acquire()`: the condition on which it is. Absent: it always is. */
  readonly ownIf?: string;
  /** The value may be null or undefined: the acquire is only a part of it. */
  readonly mayBeAbsent: boolean;
}

/** What stands before and behind a declarator in its statement. */
export interface Neighbours {
  readonly before: TSESTree.VariableDeclarator | undefined;
  readonly after: readonly TSESTree.VariableDeclarator[];
}

export function holdingOf(given: ResourceCase): Holding | undefined {
  const { site, landings } = given.obligation;
  if (site.holder.in === 'callback') return undefined;
  if (site.holder.in !== 'result' && site.holder.in !== 'member') return besideReceiver(given);
  // `await mutex.acquire();` and later `mutex.release()`: nothing holds what it gave.
  if (landings.every(({ to }) => to === 'nothing') && given.obligation.effects.effects.some(({ kind, from }) => kind === 'release' && from === '*')) return besideReceiver(given);
  const [landing, ...more] = landings;
  if (landing?.to === 'method' && more.length === 0) return chained(given);
  if (landing?.to !== 'variable' || landing.using || more.length > 0) return undefined;
  const variable = given.ctx.bindings.variableOf(landing.id);
  if (variable === undefined || rootOf(landing.at) !== rootOf(site.call)) return undefined;
  if (landing.at.type === T.VariableDeclarator) {
    if (landing.at.id.type !== T.Identifier || landing.path.length > 0) return besideVariable(landing.at, variable, landing.path);
    return declared(given, landing.at, variable);
  }
  return landing.at.type === T.AssignmentExpression && landing.path.length === 0 ? assigned(given, landing.at, variable) : undefined;
}

/** `const pool = createPool(uri).promise();`: the end of a chain, each link of which gives the resource again. */
function chained(given: ResourceCase): Holding | undefined {
  const { effects, site } = given.obligation;
  const [alias, ...more] = effects.effects.filter(({ kind, from }) => kind === 'alias' && from === IN_FLIGHT);
  const at = alias?.at;
  if (more.length > 0 || at?.type !== T.VariableDeclarator || at.id.type !== T.Identifier || at.init === null || !within(site.call, at.init) || rootOf(at) !== rootOf(site.call)) return undefined;
  const variable = given.ctx.bindings.variableOf(at.id);
  return variable && declared(given, at, variable);
}

function declared(given: ResourceCase, declarator: TSESTree.VariableDeclarator, variable: Variable): Holding | undefined {
  const declaration = declarator.parent;
  const list = listOf(declaration);
  if (list === undefined || declarator.init === null) return undefined;
  const among = declaration.declarations.length > 1 ? neighboursOf(declarator, given) : undefined;
  if (among === undefined && declaration.declarations.length > 1) return undefined;
  const another = mayBeAnother(declarator.init, given);
  const ownIf = another ? ownCondition(variable.name, declarator.init, given) : undefined;
  if (!isWrittenOnce(variable, given) || !staysWithin(variable, list, declaration) || (another && ownIf === undefined)) return undefined;
  return { form: 'declared', statement: declaration, list, expression: variable.name, variable, declarator, value: declarator.init, mayBeAbsent: ownIf === undefined && mayBeAbsent(declarator.init, given), ...(among ? { among } : {}), ...(ownIf === undefined ? {} : { ownIf }) };
}

/** Undefined where a comment stands between them: it would belong to neither. */
function neighboursOf(declarator: TSESTree.VariableDeclarator, { source }: ResourceCase): Neighbours | undefined {
  const all: readonly TSESTree.VariableDeclarator[] = declarator.parent.declarations;
  const index = all.indexOf(declarator);
  const [before, after] = [all[index - 1], all.slice(index + 1)];
  const start = before?.range[1] ?? declarator.range[0];
  const end = after[0]?.range[0] ?? declarator.range[1];
  const inside = source.commentsIn({ start: declarator.range[0], end: declarator.range[1] }).length;
  return source.commentsIn({ start, end }).length === inside ? { before, after } : undefined;
}

/** `let x;` with one assignment: the declaration moves to where the value is, if all uses are behind it and inside of its block. */
function assigned(given: ResourceCase, assignment: TSESTree.AssignmentExpression, variable: Variable): Holding | undefined {
  const statement = assignment.parent;
  const [definition] = variable.defs;
  if (statement.type !== T.ExpressionStatement || assignment.operator !== '=' || definition?.node.type !== T.VariableDeclarator) return undefined;
  const declarator = definition.node;
  const list = listOf(statement);
  if (list === undefined || declarator.parent.declarations.length !== 1 || (declarator.init !== null && !isNothing(declarator.init)) || declarator.id.type !== T.Identifier) return undefined;
  if (listOf(declarator.parent) === undefined || !isWrittenOnce(variable, given) || mayBeAnother(assignment.right, given)) return undefined;
  return { form: 'assigned', statement, list, expression: variable.name, variable, declarator, value: assignment.right, mayBeAbsent: mayBeAbsent(assignment.right, given) };
}

/** `const { release } = await lock()`: what is bound stays bound as it is. */
function besideVariable(declarator: TSESTree.VariableDeclarator, variable: Variable, path: readonly string[]): Holding | undefined {
  const list = listOf(declarator.parent);
  if (list === undefined || declarator.parent.declarations.length !== 1 || variable.references.filter((reference) => reference.isWrite()).length !== 1) return undefined;
  if (path.some((name) => !/^[\w$]+$/.test(name) || /^\d/.test(name))) return undefined;
  return { form: 'beside', statement: declarator.parent, list, expression: [variable.name, ...path].join('.'), variable, mayBeAbsent: false };
}

function besideReceiver({ obligation: { site }, ctx }: ResourceCase): Holding | undefined {
  const statement = statementAround(site.call);
  const list = statement && listOf(statement);
  if (statement === undefined || list === undefined) return undefined;
  const bare = statement.type === T.ExpressionStatement && unwrapAwait(statement.expression) === site.call;
  if (!bare && statement.type !== T.VariableDeclaration) return undefined;
  const held = site.holder.in === 'argument' ? site.call.arguments[site.holder.index] : receiverOf(site.call);
  if (held === undefined) return { form: 'beside', statement, list, expression: '', mayBeAbsent: false };
  const place = placeOf(held, ctx.bindings);
  if (place === undefined && unwrap(held).type !== T.Literal) return undefined;
  if (place !== undefined && place.variable !== 'this' && ctx.bindings.writesOf(place.variable).length > 1) return undefined;
  return { form: 'beside', statement, list, expression: ctx.textOf(held), mayBeAbsent: false, ...(place && place.variable !== 'this' ? { variable: place.variable } : {}) };
}

/** One value for all its life; setting it to nothing at the end is not another one. */
function isWrittenOnce(variable: Variable, { ctx }: ResourceCase): boolean {
  const values = ctx.bindings.writesOf(variable).filter((write) => write.value === undefined || !isNothing(write.value));
  return values.length === 1 && variable.defs.length === 1 && ctx.bindings.writesOf(variable).length <= 2;
}

/** No use outside of the list, or before the declaration. */
function staysWithin(variable: Variable, list: StatementList, declaration: TSESTree.Node): boolean {
  const first = statementsOf(list)[0];
  if (first === undefined) return false;
  const end = list.range[1];
  return variable.references.every(({ identifier }) => identifier.range[0] >= declaration.range[0] && identifier.range[1] <= end) && within(declaration, list);
}

/** The function may wait: it is async, or the code is a module's own. */
export function canAwait({ obligation: { root } }: ResourceCase): boolean {
  return isAsync(root);
}
