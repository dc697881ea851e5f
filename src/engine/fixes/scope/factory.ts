import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../findings';
import type { FunctionNode } from '../../syntax/nodes';
import { isAsync, isFunction, rootOf, within, wrapped } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { ResourceCase } from '../case';
import { listOf } from '../edit/statements';
import { oldReleasesOf, type OldReleases } from './oldReleases';
import { cautionsOf, scopingOf } from './scoping';

/** A function of the file that makes a resource and returns it, as it would become a manager. */
export interface Factory {
  readonly fn: FunctionNode & { readonly body: TSESTree.BlockStatement };
  readonly name: string;
  /** What is replaced up to the parameters, and behind the body. */
  readonly head: Range;
  readonly tail: Range;
  readonly returned: TSESTree.ReturnStatement;
  readonly callers: readonly Caller[];
}

/** A call of the factory, whose result a constant holds for the rest of its block. */
export interface Caller {
  readonly statement: TSESTree.VariableDeclaration;
  readonly call: TSESTree.CallExpression;
  readonly old: OldReleases;
  /** What speaks against entering the manager there unseen. */
  readonly cautions: readonly string[];
}

/** Undefined where the function is known outside of the file, or is used in a way that a manager is not. */
export function factoryOf(given: ResourceCase): Factory | undefined {
  const { obligation, ctx, source } = given;
  const fn = obligation.root;
  if (!isFunction(fn) || !hasBlock(fn) || fn.generator || obligation.site.through !== undefined) return undefined;
  const shape = shapeOf(fn);
  const variable = shape && ctx.bindings.variableOf(shape.id);
  const returned = onlyReturn(fn);
  if (shape === undefined || variable === undefined || returned === undefined || isExported(shape.statement)) return undefined;
  if (/\b(?:arguments|this|super)\b/.test(source.textOf(fn))) return undefined;
  const callers: Caller[] = [];
  for (const { identifier } of variable.references) {
    if (identifier === shape.id) continue;
    const caller = callerAt(identifier, fn, given);
    // A constant is there from its line on, a function from the start.
    if (caller === undefined || (rootOf(identifier).type === T.Program && identifier.range[0] < shape.statement.range[0])) return undefined;
    callers.push(caller);
  }
  const start = shape.statement.range[0];
  const open = source.text.lastIndexOf('(', fn.params[0]?.range[0] ?? fn.body.range[0]);
  if (open < start) return undefined;
  return { fn, name: shape.id.name, head: { start, end: open }, tail: { start: fn.body.range[1], end: shape.statement.range[1] }, returned, callers };
}

function hasBlock(fn: FunctionNode): fn is Factory['fn'] {
  return fn.body?.type === T.BlockStatement;
}

function shapeOf(fn: FunctionNode): { id: TSESTree.Identifier; statement: TSESTree.Node } | undefined {
  if (fn.typeParameters !== undefined || fn.params.some(({ type }) => type === T.TSParameterProperty)) return undefined;
  if (fn.type === T.FunctionDeclaration) return fn.id ? { id: fn.id, statement: fn } : undefined;
  const declarator = fn.parent;
  if (declarator.type !== T.VariableDeclarator || declarator.id.type !== T.Identifier || declarator.id.typeAnnotation !== undefined) return undefined;
  return declarator.parent.declarations.length === 1 && declarator.parent.kind === 'const' ? { id: declarator.id, statement: declarator.parent } : undefined;
}

function isExported(statement: TSESTree.Node): boolean {
  return statement.parent?.type === T.ExportNamedDeclaration || statement.parent?.type === T.ExportDefaultDeclaration;
}

/** The one return, which ends the function. */
function onlyReturn(fn: Factory['fn']): TSESTree.ReturnStatement | undefined {
  const returns: TSESTree.ReturnStatement[] = [];
  walk(fn.body, (node) => {
    if (node.type === T.ReturnStatement && rootOf(node) === fn) returns.push(node);
  });
  const [only, ...more] = returns;
  return more.length === 0 && only?.argument && fn.body.body.at(-1) === only ? only : undefined;
}

function callerAt(identifier: TSESTree.Node, fn: FunctionNode, given: ResourceCase): Caller | undefined {
  const call = identifier.parent;
  if (call?.type !== T.CallExpression || call.callee !== identifier) return undefined;
  const outer = wrapped(call);
  const value = fn.async ? outer.parent : outer;
  if (value === undefined || (fn.async && value.type !== T.AwaitExpression)) return undefined;
  const declarator = wrapped(value).parent;
  if (declarator?.type !== T.VariableDeclarator || declarator.id.type !== T.Identifier || declarator.parent.kind !== 'const') return undefined;
  const statement = declarator.parent;
  const list = listOf(statement);
  if (list === undefined || list.type === T.SwitchCase || list.type === T.Program || statement.declarations.length !== 1) return undefined;
  if (fn.async && !isAsync(rootOf(statement))) return undefined;
  const obligation = given.obligations.find(({ site }) => site.call === call);
  if (obligation === undefined || within(call, fn)) return undefined;
  const { effects } = obligation.effects;
  if (effects.some(({ kind }) => kind !== 'release' && kind !== 'unknown' && kind !== 'alias')) return undefined;
  const calling = { ...given, obligation };
  const old = oldReleasesOf(calling);
  if (old?.all.some(({ returned }) => returned !== undefined)) return undefined;
  const scoping = old && scopingOf(calling);
  return old && { statement, call, old, cautions: scoping ? cautionsOf(calling, scoping) : [`\`${given.ctx.excerpt(call, 40)}\` may be used for longer than the scope that it gets.`] };
}
