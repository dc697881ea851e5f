import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isBorrower, isLogging, passesThrough } from '../resources/borrowers';
import type { CallEffect } from '../resources/model';
import { releasesByName } from '../resources/ownedNames';
import { holdsAll } from '../resources/predicate';
import type { CallNode, ClassNode, FunctionNode } from '../syntax/nodes';
import { enclosingClass, lastName, receiverOf, staticName, thisOwner, unwrap } from '../syntax/nodes';
import type { Context } from './context';
import type { Treatment } from './effect';
import { tagsOfCall, treatmentByTags } from './lifecycleTags';
import { sameText } from './releases';
import type { AcquireSite } from './site';
import { isAwaited, isLentToBody } from './lending';
import { CONTINUATIONS, KEEPING_METHODS } from './sinks';
import { summarise } from './summary';

/**
 * What the call does to a resource among its arguments, from the best that is known: the library's model, the callee's own code,
 * its name, the types that it declares for its parameters. `unknown` when none of them tells.
 */
export function treatArgument(call: CallNode, index: number, path: readonly string[], site: AcquireSite, ctx: Context): Treatment {
  const members = ctx.membersOf(call);
  if (members !== 'local') {
    for (const { module, member } of members) {
      const effect = ctx.models.effectsOf(module, member).find((known) => concerns(known, index, path) && holdsAll(known.when, call));
      if (effect) return effect.effect;
    }
  }
  if (members !== 'local' && members.length === 0) {
    const effect = ctx.models.effectsNamed(ctx.calleeName(call) ?? '', site.resource).find((known) => concerns(known, index, path) && holdsAll(known.when, call));
    if (effect) return effect.effect;
  }
  const own = ownFunction(call, ctx);
  const told = path.length === 0 ? treatmentByTags(tagsOfCall(call, ctx), index) : undefined;
  if (told !== undefined) return told;
  if (own !== undefined && call.type === T.CallExpression) {
    const treated = summarise(own, index, path, site, ctx);
    return treated === 'unknown' ? withoutKnowledge(site) : treated;
  }
  const name = ctx.calleeName(call);
  // `doc.save({ session })`: a transaction among the options is what the work is done in.
  const isOption = site.resource.family === 'transaction' && path.length > 0;
  if (name !== undefined && !isOption && KEEPING_METHODS.has(name) && call.callee.type === T.MemberExpression) return 'transfer';
  if (members !== 'local') {
    const called = (member: string): string => (call.type === T.NewExpression && !member.startsWith('new ') ? `new ${member}` : member);
    if (members.some(({ module, member }) => isBorrower(module, called(member)))) return 'borrow';
    if (index === 0 && members.some(({ module, member }) => passesThrough(module, called(member)))) return 'alias';
  }
  if (name !== undefined && isLogging(receiverName(call) ?? '', name)) return 'borrow';
  // `this.fs.writeSync(fd)`: what the acquire was called on knows what it gave.
  if (call.type === T.CallExpression && sameText(receiverOf(call), receiverOf(site.call), ctx) && !releasesByName(name ?? '')) return 'borrow';
  if (isLentToBody(call, ctx)) return 'borrow';
  if (isHandedIn(call, ctx)) return name !== undefined && CONTINUATIONS.has(name) && !isAwaited(call) ? 'transfer' : 'unknown';
  if (members !== 'local' && call.type === T.CallExpression && members.some(({ module }) => site.modules.some((own) => ctx.models.sameLibrary(own, module)))) return 'borrow';
  const declared = treatByDeclaration(call, index, path, site, ctx);
  // `closeQuietly(handle)`, from wherever it comes, is taken at its word.
  return (declared === 'unknown' || site.resource.value === 'path') && path.length === 0 && name !== undefined && call.type === T.CallExpression && releasesByName(name) ? 'release' : declared;
}

/** What calling this method does to its receiver beyond using it. */
export function treatReceiver(call: CallNode, ctx: Context): Treatment | undefined {
  const members = ctx.membersOf(call);
  if (members === 'local') return undefined;
  for (const { module, member } of members) {
    const effect = ctx.models.effectsOf(module, member).find((known) => known.argument === 'receiver' && holdsAll(known.when, call));
    if (effect) return effect.effect;
  }
  return undefined;
}

function concerns(effect: CallEffect, index: number, path: readonly string[]): boolean {
  if (effect.argument === 'receiver' || (effect.argument !== 'any' && effect.argument !== index)) return false;
  return effect.option === undefined ? true : path[0] === effect.option;
}

/** The function of this file that a call runs: by name, or a method of a class of this file by `this.name()`, `self.name()`, `Name.name()`. */
export function ownFunction(call: CallNode, ctx: Context): FunctionNode | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression) return ctx.bindings.functionOf(callee);
  const name = staticName(callee);
  const cls = name === undefined ? undefined : classBehind(callee.object, ctx);
  return name === undefined || cls === undefined ? undefined : ctx.bindings.methodOf(name, cls);
}

/** The class of this file whose method a member of the expression is: of `this`, of a constant that is `this`, of the class itself. */
function classBehind(object: TSESTree.Node, ctx: Context): ClassNode | undefined {
  const receiver = ctx.bindings.valueBehind(object);
  if (receiver.type === T.ThisExpression) return enclosingClass(thisOwner(receiver));
  if (receiver.type !== T.Identifier) return undefined;
  const declared = ctx.bindings.variableOf(receiver)?.defs[0]?.node;
  return declared?.type === T.ClassDeclaration ? declared : undefined;
}

/** What an unknown function does to things that it cannot own: the name of a directory, somebody's transaction. */
function withoutKnowledge(site: AcquireSite): Treatment {
  return site.resource.value === 'path' || site.resource.family === 'transaction' ? 'borrow' : 'unknown';
}

/** The callee is a parameter of a function around the call: whoever called us chose it. */
export function isHandedIn(call: CallNode, ctx: Context): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== T.Identifier) return false;
  const variable = ctx.bindings.variableOf(callee);
  return variable?.defs[0]?.type === 'Parameter';
}

/** A parameter whose declared type has no way to release can only borrow; so can one that takes no object at all. */
function treatByDeclaration(call: CallNode, index: number, path: readonly string[], site: AcquireSite, ctx: Context): Treatment {
  // A string that names a directory owns nothing: whoever is told it merely uses it, unless an object is made around it.
  const given: Treatment = call.type === T.CallExpression ? withoutKnowledge(site) : 'unknown';
  const fact = ctx.callFact(call);
  const parameter = fact?.parameters[Math.min(index, fact.parameters.length - 1)];
  if (parameter === undefined || path.length > 0 || parameter.opaque || (site.resource.value ?? 'object') !== 'object') return given;
  if (parameter.dispose || parameter.asyncDispose || parameter.callable) return given;
  const releasing = new Set(site.resource.releases.map((release) => release.method));
  if (parameter.members.some((member) => releasing.has(member))) return given;
  // A class may take a narrow view of what it then owns; a function that sees no release can't perform it.
  return call.type === T.NewExpression ? given : 'borrow';
}

/** The last name of what the call is made on, for guesses by the shape of names. */
export function receiverName(call: CallNode): string | undefined {
  const receiver = receiverOf(call);
  return receiver === undefined ? undefined : receiver.type === T.ThisExpression ? 'this' : lastName(receiver);
}
