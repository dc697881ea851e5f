import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { CallFact, TypeRef } from '../facts';
import { RELEASE_MEMBERS } from '../facts';
import type { LifecycleTag } from '../lifecycleTag';
import { LIFECYCLE_TAGS, lifecycleTag, MENTIONS_TAG } from '../lifecycleTag';
import type { ResourceModel } from '../resources/model';
import { RELEASING_VERBS } from '../resources/ownedNames';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { unwrap } from '../syntax/nodes';
import type { Context } from './context';
import type { Treatment } from './effect';
import type { AcquireSite } from './site';
import { ownFunction } from './treatment';

const ANY_TAG = new RegExp(MENTIONS_TAG);
/** As the grammar in syntaxes/ has it: a name counts where it ends the line, or a dash follows. */
const TAG = new RegExp(String.raw`(?<=\/\*\*|^|[\s*{])@(${LIFECYCLE_TAGS.join('|')})(?![\w.-])(?:[\t ]+([$_\p{L}][$\w]*)(?=[\t ]*(?:\r?$|\*\/|\}|-(?=\s|$))))?`, 'gmu');

const inFiles = new WeakMap<Context, Map<FunctionNode, readonly LifecycleTag[]> | 'none'>();

/** What is known of the tags in this file; undefined where its text has none. */
function tagsIn(ctx: Context): Map<FunctionNode, readonly LifecycleTag[]> | undefined {
  let known = inFiles.get(ctx);
  if (known === undefined) inFiles.set(ctx, (known = ANY_TAG.test(ctx.module.text) ? new Map() : 'none'));
  return known === 'none' ? undefined : known;
}

/** The lifecycle tags that a function of this file has above it. */
export function tagsOf(fn: FunctionNode, ctx: Context): readonly LifecycleTag[] {
  const known = tagsIn(ctx);
  let tags = known?.get(fn);
  if (tags === undefined) known?.set(fn, (tags = readTags(documentationOf(fn, ctx) ?? '', fn)));
  return tags ?? [];
}

/** Calling the function gives what the caller must release. */
export function isAcquiring(tags: readonly LifecycleTag[]): boolean {
  return tags.some(({ tag, parameter }) => parameter === undefined && (tag === 'acquires' || tag === 'owns'));
}

/** What the tags say of an argument; undefined: nothing. */
export function treatmentByTags(tags: readonly LifecycleTag[], index: number): Treatment | undefined {
  for (const { tag, parameter } of tags) {
    if (parameter !== index) continue;
    if (tag === 'releases') return 'release';
    if (tag === 'owns') return 'transfer';
    if (tag === 'borrows') return 'borrow';
    if (tag === 'alias') return 'alias';
  }
  return undefined;
}

/** The tags of what a call runs: a function of this file, or one whose declaration is known. */
export function tagsOfCall(call: CallNode, ctx: Context): readonly LifecycleTag[] {
  const own = tagsIn(ctx) && ownFunction(call, ctx);
  return own ? tagsOf(own, ctx) : (ctx.callFact(call)?.tags ?? []);
}

/** Adds those of the calls whose function says so: `@acquires`. What its code or its type shows by itself is known better. */
export function withAnnotated(known: readonly AcquireSite[], calls: readonly CallNode[], ctx: Context): readonly AcquireSite[] {
  const met = new Set<CallNode>(known.map(({ call }) => call));
  const found = calls.flatMap((call): AcquireSite[] => {
    if (met.has(call) || !isAcquiring(tagsOfCall(call, ctx))) return [];
    const fact = ctx.callFact(call);
    const own = ownFunction(call, ctx);
    const resource = resourceOf(fact);
    if (resource === undefined) return [];
    return [{ call, resource, modules: [], lifetime: 'scoped', holder: { in: 'result' }, async: fact?.promise ?? (own?.async === true || givesPromise(own)), certainty: typedResult(fact) === undefined ? 'guess' : 'proof' }];
  });
  return found.length === 0 ? known : [...known, ...found];
}

function typedResult(fact: CallFact | undefined): TypeRef | undefined {
  return fact === undefined || fact.result.opaque || fact.result.primitive ? undefined : fact.result;
}

/** What is acquired by such a function, as far as its type is known; undefined where the type has no way of releasing that has a known name. */
function resourceOf(fact: CallFact | undefined): ResourceModel | undefined {
  const common = { family: 'disposable', lifetime: 'scoped', acquires: [] } as const;
  const typed = typedResult(fact);
  if (typed === undefined) {
    const names = [...new Set([...RELEASE_MEMBERS, ...RELEASING_VERBS, 'Symbol.dispose', 'Symbol.asyncDispose'])];
    return { ...common, id: ANNOTATED, noun: 'resource', releases: [...names.map((method) => ({ method })), { call: true }] };
  }
  const { symbol, members, dispose, asyncDispose, callable } = typed;
  const symbols = [...(asyncDispose ? ['Symbol.asyncDispose'] : []), ...(dispose ? ['Symbol.dispose'] : [])];
  if (members.length === 0 && symbols.length === 0 && !callable) return undefined;
  const named = symbol !== undefined && symbols.length > 0;
  const methods = [...members, ...symbols].map((method) => ({ method, ...(asyncDispose ? { async: true as const } : {}) }));
  return { ...common, id: named ? `${symbol.package ?? ''}.${symbol.name}` : ANNOTATED, noun: symbol?.name ?? 'resource', releases: [...methods, ...(callable ? [{ call: true } as const] : [])] };
}

/** The resource of a function that is known by its tag alone: nobody knows which method releases it. */
export const ANNOTATED = 'annotated.resource';

function givesPromise(fn: FunctionNode | undefined): boolean {
  const type = fn?.returnType?.typeAnnotation;
  return type?.type === T.TSTypeReference && type.typeName.type === T.Identifier && type.typeName.name === 'Promise';
}

/** The JSDoc comment right above the function, or above the declaration that it is the value of. */
function documentationOf(fn: FunctionNode, ctx: Context): string | undefined {
  const { text } = ctx.module;
  const end = text.slice(0, declarationOf(fn).range[0]).trimEnd();
  if (!end.endsWith('*/')) return undefined;
  const start = end.lastIndexOf('/*');
  return end.startsWith('/**', start) ? end.slice(start) : undefined;
}

/** What a comment on the function stands above. */
export function declarationOf(fn: FunctionNode): TSESTree.Node {
  let at: TSESTree.Node = fn;
  while (at.parent !== undefined && (unwrap(at.parent) !== at.parent || CARRIERS.has(at.parent.type))) at = at.parent;
  return at;
}

const CARRIERS: ReadonlySet<string> = new Set([T.VariableDeclarator, T.VariableDeclaration, T.MethodDefinition, T.PropertyDefinition, T.Property, T.ExportNamedDeclaration, T.ExportDefaultDeclaration]);

function readTags(comment: string, fn: FunctionNode): LifecycleTag[] {
  const parameters = fn.params.map((parameter) => nameOf(parameter));
  return [...comment.matchAll(TAG)].flatMap(([, tag, name]) => lifecycleTag(tag, name, parameters) ?? []);
}

function nameOf(parameter: TSESTree.Parameter): string | undefined {
  const inner = parameter.type === T.TSParameterProperty ? parameter.parameter : parameter;
  const target = inner.type === T.AssignmentPattern ? inner.left : inner.type === T.RestElement ? inner.argument : inner;
  return target.type === T.Identifier ? target.name : undefined;
}
