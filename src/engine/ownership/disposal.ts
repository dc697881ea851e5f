import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Query, TypeRef } from '../facts';
import { isCall, staticName, unwrap, unwrapAwait } from '../syntax/nodes';
import type { Context } from './context';
import type { Obligation } from './obligation';
import type { Scoped } from './scoped';
import { acquireOf } from './scoped';

/** Which dispose symbols a value has, and how that is known. */
export interface Disposal {
  readonly dispose: boolean;
  readonly asyncDispose: boolean;
  /** `type`: whoever knows types said so. `class`: its class is of this file. `model`: the library's model. */
  readonly by: 'type' | 'class' | 'model';
}

/** The question whose answer `disposalOf` wants. */
export function disposalQuestion({ init }: Scoped): readonly Query[] {
  if (init === undefined) return [];
  const value = unwrapAwait(init);
  const [start, end] = value.range;
  return [isCall(value) ? { kind: 'call', start, end } : { kind: 'type', start, end }];
}

/** Which symbols what the scope holds has; undefined where nobody surely knows. */
export function disposalOf(scoped: Scoped, obligations: readonly Obligation[], ctx: Context): Disposal | undefined {
  const { init } = scoped;
  if (init === undefined) return undefined;
  const value = unwrapAwait(init);
  const fact = isCall(value) ? ctx.callFact(value) : ctx.typeFact(value);
  // A promise that is not awaited is a matter of its own.
  if (fact?.promise && unwrap(init).type !== T.AwaitExpression) return undefined;
  const type = fact?.kind === 'call' ? fact.result : fact?.type;
  if (mayHaveMore(value, ctx)) return undefined;
  if (type !== undefined && !type.opaque) return byType(type);
  return byClass(value, ctx) ?? byModel(scoped, obligations, ctx);
}

/** Types that don't agree have no symbol of their own, and no common answer. */
function byType({ symbol, primitive, dispose, asyncDispose }: TypeRef): Disposal | undefined {
  return symbol === undefined || primitive ? undefined : { dispose, asyncDispose, by: 'type' };
}

/** `new Own()`, where the class extends another one, or code of this file puts members on its prototype. */
function mayHaveMore(value: TSESTree.Node, ctx: Context): boolean {
  const variable = value.type === T.NewExpression ? ctx.bindings.variableOf(value.callee) : undefined;
  const cls = variable?.defs[0]?.node;
  if (cls?.type === T.ClassDeclaration && cls.superClass !== null && ctx.origins.of(cls.superClass)?.kind !== 'local') return true;
  return variable?.references.some(({ identifier: { parent } }) => parent.type === T.MemberExpression && staticName(parent) === 'prototype') ?? false;
}

/** `new Own()`, where the class is of this file and extends nothing. */
function byClass(value: TSESTree.Node, ctx: Context): Disposal | undefined {
  if (value.type !== T.NewExpression || value.callee.type !== T.Identifier) return undefined;
  const variable = ctx.bindings.variableOf(value.callee);
  const cls = variable?.defs[0]?.node;
  if (cls?.type !== T.ClassDeclaration || cls.superClass !== null || cls.decorators.length > 0 || variable?.defs.length !== 1) return undefined;
  const names = new Set<string>();
  for (const member of cls.body.body) {
    if (member.type === T.StaticBlock || member.type === T.TSIndexSignature) continue;
    const computed = member.computed && !(member.key.type === T.Literal);
    const name = member.type === T.MethodDefinition || member.type === T.PropertyDefinition ? staticName(member) : undefined;
    if (computed && name === undefined) return undefined;
    if (name !== undefined && !member.static) names.add(name);
  }
  return { dispose: names.has('Symbol.dispose'), asyncDispose: names.has('Symbol.asyncDispose'), by: 'class' };
}

/** Models name the symbols of what they know, and their silence says that there is none. */
function byModel(scoped: Scoped, obligations: readonly Obligation[], ctx: Context): Disposal | undefined {
  const call = acquireOf(scoped);
  const site = obligations.find((obligation) => obligation.site.call === call)?.site;
  if (call === undefined || site === undefined || site.certainty !== 'proof' || site.through !== undefined || site.holder.in !== 'result') return undefined;
  if (ctx.models.libraryOf(site.resource) === undefined || (site.resource.value ?? 'object') !== 'object') return undefined;
  const { disposable } = site.resource;
  const has = (symbol: 'dispose' | 'asyncDispose'): boolean => disposable?.symbol === symbol || disposable?.symbol === 'both';
  return { dispose: has('dispose'), asyncDispose: has('asyncDispose'), by: 'model' };
}

/** The compiler checks the declaration: TypeScript, of a type that is known. It tells of what cannot be disposed of by itself. */
export function isCheckedByCompiler(scoped: Scoped, ctx: Context): boolean {
  if (/\.[cm]?jsx?$/i.test(ctx.module.path)) return false;
  const value = scoped.init && unwrapAwait(scoped.init);
  const fact = value && (isCall(value) ? ctx.callFact(value) : ctx.typeFact(value));
  const type = fact?.kind === 'call' ? fact.result : fact?.type;
  return !type?.opaque;
}
