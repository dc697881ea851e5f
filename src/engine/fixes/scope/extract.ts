import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { TypeQuery } from '../../facts';
import { rootOf, wrapped } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { ResourceCase } from '../case';
import { freeName } from '../edit/imports';
import type { Plan } from '../edit/plan';
import { listOf, statementAround } from '../edit/statements';
import type { Holding } from './holding';
import { canAwait } from './holding';
import { modelRelease } from './releaseCode';
import { needsParentheses } from './returned';
import type { Scoping } from './scoping';

/** A resource that is used inside of an expression and lost: the expression that makes it, which is to get a name of its own. */
export interface Extraction {
  readonly name: string;
  /** The acquire, with its `await`. */
  readonly value: TSESTree.Node;
  readonly statement: TSESTree.Node;
  /** The statement is nothing but the acquire. */
  readonly whole: boolean;
  /** As a scope of a declaration that is still to be written. */
  readonly scoping: Scoping;
}

/** Through these the value is evaluated first, whatever else the statement does. */
const PASSED = new Set<string>([
  T.AwaitExpression,
  T.MemberExpression,
  T.CallExpression,
  T.NewExpression,
  T.ChainExpression,
  T.VariableDeclarator,
  T.VariableDeclaration,
  T.ExpressionStatement,
  T.ReturnStatement,
  T.BinaryExpression,
  T.UnaryExpression,
  T.TemplateLiteral,
  T.ArrayExpression,
  T.ObjectExpression,
  T.Property,
  T.AssignmentExpression,
  T.TSAsExpression,
  T.TSNonNullExpression,
  T.TSSatisfiesExpression,
]);

/** Undefined where taking the acquire out would change when it happens, or whether. */
export function extractionOf(given: ResourceCase): Extraction | undefined {
  const { obligation, ctx } = given;
  const { site, root } = obligation;
  if (site.holder.in !== 'result' || rootOf(site.call) !== root || root.type === T.Program) return undefined;
  // What something holds already lives on under that name: a second one would release it too early.
  if (given.finding.rule !== 'dropped-resource' || obligation.effects.places.length > 0 || obligation.effects.effects.length > 0) return undefined;
  const outer = wrapped(site.call);
  const value = site.async ? outer.parent : outer;
  if (value === undefined || (site.async && value.type !== T.AwaitExpression)) return undefined;
  const statement = statementAround(value);
  const list = statement && listOf(statement);
  if (statement === undefined || list === undefined || list.type === T.SwitchCase || !isEvaluatedFirst(value, statement)) return undefined;
  const name = freeName(nameFor(site.resource.noun), ctx.bindings, statement);
  const holding: Holding = { form: 'declared', statement, list, expression: name, value, mayBeAbsent: false };
  const release = modelRelease(given, holding);
  if (release === undefined || (release.async && !canAwait(given))) return undefined;
  const promises = statement.type === T.ReturnStatement && statement.argument !== null && givesPromise(statement.argument, value, given) ? [statement.argument] : [];
  if (promises.length > 0 && !canAwait(given)) return undefined;
  const removal = { statements: new Set<TSESTree.Node>(), tries: new Map(), alternates: new Set<TSESTree.IfStatement>() };
  return { name, value, statement, whole: statement.type === T.ExpressionStatement && wrapped(value).parent === statement, scoping: { holding, old: { all: [], removal }, release, handOvers: [], promises } };
}

/** What a return is asked for whose value is made with the resource: whether it is a promise. */
export function questionsOfExtraction(given: ResourceCase): TypeQuery[] {
  const statement = extractionOf(given)?.statement;
  if (statement?.type !== T.ReturnStatement || statement.argument === null) return [];
  const [start, end] = statement.argument.range;
  return [{ kind: 'type', start, end }];
}

/** Writes the name where the acquire was; the parentheses around it have nothing to hold together any more. */
export function replaceByName(plan: Plan, { value, name, statement, scoping }: Extraction, { source }: ResourceCase): void {
  let [start, end] = value.range;
  const { parent } = value;
  const groups = (parent?.type === T.MemberExpression && parent.object === value) || (parent?.type === T.CallExpression && parent.callee === value) || parent?.type === T.AwaitExpression || parent?.type === T.TSAsExpression;
  while (groups && source.text[start - 1] === '(' && source.text[end] === ')') [start, end] = [start - 1, end + 1];
  plan.replace({ start, end }, name);
  const [promise] = scoping.promises;
  if (promise === undefined || statement.type !== T.ReturnStatement) return;
  // An `await` that stands at the same place as the name comes before it.
  if (needsParentheses(promise)) plan.insert(promise.range[0], 'await (').insert(promise.range[1], ')');
  else if (promise.range[0] === start) plan.replace({ start, end: start }, 'await ');
  else plan.insert(promise.range[0], 'await ');
}

function isEvaluatedFirst(value: TSESTree.Node, statement: TSESTree.Node): boolean {
  for (let at = value; at !== statement; ) {
    const { parent } = at;
    if (parent === undefined || !PASSED.has(parent.type)) return false;
    if (parent.type === T.AssignmentExpression && (parent.left === at || parent.left.type !== T.Identifier)) return false;
    if ((parent.type === T.MemberExpression || parent.type === T.CallExpression) && parent.optional) return false;
    at = parent;
  }
  let first = true;
  walk(statement, (node) => {
    if (/^(?:Call|New|Await|Yield|TaggedTemplate|Assignment|Update|Import)Expression$/.test(node.type) && node.range[1] <= value.range[0]) first = false;
  });
  if (statement.type === T.VariableDeclaration && statement.declarations.length > 1) return false;
  return first;
}

function givesPromise(argument: TSESTree.Expression, value: TSESTree.Node, given: ResourceCase): boolean {
  if (argument.type === T.AwaitExpression || argument === value) return false;
  const fact = given.ctx.typeFact(argument);
  if (fact !== undefined && !fact.type.opaque) return fact.promise;
  return given.obligation.site.async && argument.type === T.CallExpression;
}

/** The last word of what it is: `file handle` -> `handle`. */
export function nameFor(noun: string): string {
  const word = /([a-z]+)\W*$/i.exec(noun)?.[1]?.toLowerCase() ?? 'resource';
  return RESERVED.has(word) ? 'resource' : word;
}

const RESERVED = new Set(['function', 'class', 'default', 'export', 'import', 'new', 'package', 'this', 'with']);

