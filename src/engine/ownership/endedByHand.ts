import { DefinitionType } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import { AWAITED_ENDS, HARMLESS_THINGS, OPENING_METHODS, PLAIN_ENDS } from '../resources/endings';
import { holdsNothing } from '../resources/holdsNothing';
import { symbolsOf } from '../resources/lookup';
import type { ResourceModel } from '../resources/model';
import { ownershipByName } from '../resources/ownedNames';
import type { CallNode } from '../syntax/nodes';
import { isFunction, rootOf, within, wrapped } from '../syntax/nodes';
import type { Context } from './context';
import type { Landing } from './landing';
import { landingsOf } from './landing';
import type { AcquireSite } from './site';
import { ownFunction } from './treatment';

/**
 * What no model and no type tells: a function makes something by an owning verb or by `new`, keeps it under one name, and itself ends it
 * on its way: `const ledger = await openLedger(path); ...; await ledger.close();`. Whoever ends it there means to end it always.
 */
export function guessEnded(call: CallNode, ctx: Context): AcquireSite | undefined {
  const name = ctx.calleeName(call);
  if (name === undefined || HARMLESS_THINGS.test(name) || (call.type === T.CallExpression && (ownershipByName(name) !== 'owned' || ownFunction(call, ctx) !== undefined))) return undefined;
  const variable = keptIn(call, ctx);
  if (variable === undefined || !isUnknown(call, ctx)) return undefined;
  const root = rootOf(call);
  const called = variable.references.flatMap(({ identifier, init }) => (init !== true && rootOf(identifier) === root ? methodsCalledOn(identifier, ctx) : []));
  const ends = new Set(called.flatMap(({ name: method, call: end }) => (PLAIN_ENDS.has(method) || (AWAITED_ENDS.has(method) && isAwaited(end)) ? [method] : [])));
  if (ends.size === 0) return undefined;
  const opening = new Set(called.flatMap(({ name: method }) => (OPENING_METHODS.has(method) ? [method] : [])));
  return { call, resource: endedResource(name, [...ends], [...opening]), modules: [], lifetime: 'scoped', holder: { in: 'result' }, async: ctx.callFact(call)?.promise ?? false, certainty: 'guess' };
}

/** The variable of the same function that alone is given the value, and keeps it. */
function keptIn(call: CallNode, ctx: Context): Variable | undefined {
  const { parent } = wrapped(call);
  const [landing, ...more] = landingsOf(parent?.type === T.AwaitExpression ? parent : call);
  if (landing?.to !== 'variable' || landing.path.length > 0 || landing.using || more.length > 0) return undefined;
  const variable = ctx.bindings.variableOf(landing.id);
  if (variable?.defs[0]?.type !== DefinitionType.Variable || ctx.bindings.onlyValueOf(variable) === undefined) return undefined;
  return ctx.bindings.ownerOf(variable) === rootOf(call) && isFunction(rootOf(call)) ? variable : undefined;
}

type MethodUse = Extract<Landing, { to: 'method' }>;

/** What is called on it where it is mentioned, or by another name that it is given there. */
function methodsCalledOn(mention: TSESTree.Node, ctx: Context, depth = 2): MethodUse[] {
  return landingsOf(mention).flatMap((landing) => {
    if (landing.to === 'method') return [landing];
    const further = depth > 0 ? nextName(landing, mention, ctx) : undefined;
    return (further?.references ?? []).flatMap(({ identifier, init }) => (init === true ? [] : methodsCalledOn(identifier, ctx, depth - 1)));
  });
}

/** The other name that it is given where it is mentioned: a constant, or the parameter of a function of the file. */
function nextName(landing: Landing, mention: TSESTree.Node, ctx: Context): Variable | undefined {
  if (landing.to === 'variable' && landing.path.length === 0) return ctx.bindings.variableOf(landing.id);
  if (landing.to !== 'argument' || landing.path.length > 0 || landing.call.type !== T.CallExpression) return undefined;
  const parameter = ownFunction(landing.call, ctx)?.params[landing.call.arguments.findIndex((argument) => within(mention, argument))];
  return parameter && ctx.bindings.variableOf(parameter);
}

function isAwaited(call: TSESTree.Node): boolean {
  return wrapped(call).parent?.type === T.AwaitExpression;
}

/** Neither the platform nor a model says what it is. */
function isUnknown(call: CallNode, ctx: Context): boolean {
  const members = ctx.membersOf(call);
  if (members !== 'local' && members.some(({ module }) => ctx.models.knows(module))) return false;
  const result = ctx.callFact(call)?.result;
  if (result === undefined || result.opaque) return true;
  if (result.primitive) return false;
  return symbolsOf(result).every((symbol) => symbol.package !== 'lib' && symbol.package?.startsWith('node') !== true && !holdsNothing(symbol) && ctx.models.resourceOfType(symbol) === undefined);
}

function endedResource(name: string, ends: readonly string[], opening: readonly string[]): ResourceModel {
  return {
    id: `ended.${name}`,
    noun: 'resource',
    family: 'disposable',
    lifetime: 'scoped',
    acquires: [],
    releases: ends.map((method) => ({ method })),
    ...(opening.length > 0 ? { holds: opening } : {}),
  };
}
