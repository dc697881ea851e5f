import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { ANNOTATED } from '../../ownership/lifecycleTags';
import { lastNameOf } from '../../resources/lookup';
import type { Release } from '../../resources/model';
import type { ResourceCase } from '../case';
import { isFunction, receiverOf } from '../../syntax/nodes';
import { importName } from '../edit/imports';
import type { Imported } from '../edit/imports';
import type { Holding } from './holding';
import type { OldReleases } from './oldReleases';
import { templateOf } from './oldReleases';

/** How the release is written. */
export interface ReleaseCode {
  /** The expression, for a resource that is called so: `client.release()`. */
  readonly write: (resource: string) => string;
  /** The release is complete only when its promise is. */
  readonly async: boolean;
  /** Gives nothing, or a promise of nothing: what a native stack's callback may give. */
  readonly givesNothing: boolean;
  readonly imported?: Imported;
  /** The method that releases, where one does. */
  readonly method: string | undefined;
  /** A failure of the release is handled in it. */
  readonly handled: boolean;
}

/** The code's own release, if it has one and writes it alike everywhere; else the model's first. */
export function releaseCodeOf(given: ResourceCase, holding: Holding, old: OldReleases): ReleaseCode | undefined {
  if (old.all.length === 0) return modelRelease(given, holding);
  return saysMoreThanModel(given, holding, old) ? undefined : ownRelease(given, holding, old);
}

/** Where only a `catch` releases, its way of doing so may be for failures: `client.release(true)`, `socket.destroy()`. */
function saysMoreThanModel(given: ResourceCase, holding: Holding, { all }: OldReleases): boolean {
  if (!all.every(({ statement }) => isInCatch(statement))) return false;
  const usual = modelRelease(given, holding)?.method;
  return all.some(({ call, release }) => release?.method !== usual || (release?.method !== undefined && release.argument === undefined && call.arguments.length > 0));
}

function isInCatch(statement: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = statement; at !== undefined && !isFunction(at); at = at.parent) if (at.type === T.CatchClause) return true;
  return false;
}

function ownRelease(given: ResourceCase, holding: Holding, { all }: OldReleases): ReleaseCode | undefined {
  const templates = all.map((one) => templateOf(one, given, holding.statement));
  const [template] = templates;
  if (template === undefined || templates.some((other) => other?.join('\0') !== template.join('\0'))) return undefined;
  const [first] = all;
  // Nothing can be asked of what is not there.
  if (holding.mayBeAbsent && template[1]?.startsWith('.') !== true) return undefined;
  const facts = all.map(({ call }) => given.ctx.callFact(call));
  return {
    write: (resource) => template.join(holding.mayBeAbsent ? `${resource}?` : resource),
    async: all.some(({ awaited, release }) => awaited || release?.async === true),
    givesNothing: facts.some((fact) => fact?.result.nothing === true),
    method: first?.release?.method,
    handled: all.some(({ call, expression }) => expression !== call && expression.type === T.CallExpression),
  };
}

/** The release that the model of the resource knows, written for this code. */
export function modelRelease(given: ResourceCase, holding: Holding): ReleaseCode | undefined {
  const { site } = given.obligation;
  // Of what a tag tells of nobody knows which method releases it.
  if (site.resource.family === 'transaction' || site.resource.id === ANNOTATED) return undefined;
  for (const release of site.resource.releases) {
    const code = release.incidental ? undefined : writeRelease(release, given, holding);
    if (code) return code;
  }
  return undefined;
}

function writeRelease(release: Release, given: ResourceCase, holding: Holding): ReleaseCode | undefined {
  const { obligation: { site }, ctx, source } = given;
  const { method } = release;
  const common = { async: release.async ?? false, givesNothing: false, method, handled: false };
  const dot = holding.mayBeAbsent ? '?.' : '.';
  if (release.call) return { ...common, write: (resource) => `${resource}${holding.mayBeAbsent ? '?.' : ''}()` };
  const onReceiver = release.on === 'receiver' ? receiverOf(site.call) : undefined;
  if (method !== undefined && release.on === 'receiver') {
    if (onReceiver === undefined) return site.holder.in === 'nothing' ? { ...common, write: () => `${method}()` } : undefined;
    const receiver = ctx.textOf(onReceiver);
    if (!/^[\w$.]+$/.test(receiver)) return undefined;
    return { ...common, write: (resource) => `${receiver}.${method}(${release.argument === undefined ? '' : resource})` };
  }
  if (method !== undefined) {
    if (release.argument !== undefined || (release.when && !wantsNoArguments(release))) return undefined;
    if (method.startsWith('Symbol')) return { ...common, write: (resource) => `${resource}${holding.mayBeAbsent ? '?.' : ''}[${method}]()` };
    return { ...common, write: (resource) => `${resource}${dot}${method}()` };
  }
  if (holding.mayBeAbsent || release.function === undefined || release.when !== undefined || (release.argument ?? 0) !== 0) return undefined;
  const key = release.key === undefined ? undefined : site.call.arguments[release.key];
  if (release.key !== undefined && (key === undefined || !/^[\w$.]+$|^(["'`])[^"'`$]*\1$/.test(ctx.textOf(key)))) return undefined;
  const member = release.member === undefined ? '' : `.${release.member}`;
  const called = functionInScope(release.function, given);
  if (called === undefined) return undefined;
  return {
    ...common,
    ...(called.imported ? { imported: called.imported } : {}),
    givesNothing: /Sync$|^clear(Interval|Timeout)$/.test(called.name),
    write: (resource) => `${called.name}(${key === undefined ? `${resource}${member}` : source.textOf(key)})`,
  };
}

function wantsNoArguments({ when }: Release): boolean {
  return when?.every((predicate) => ('is' in predicate ? predicate.is === 'absent' : false)) ?? true;
}

/** How the file calls a function of the resource's library: beside the acquire on the same namespace, or by an import. */
function functionInScope(ref: string, given: ResourceCase): { name: string; imported?: Imported } | undefined {
  const { obligation: { site }, ctx, source, ability } = given;
  const colon = ref.lastIndexOf(':');
  const local = ref.slice(colon + 1);
  if (local.includes('#') || local === 'default' || local.includes('__')) return undefined;
  const name = lastNameOf(local);
  const origin = ctx.origins.ofCallee(site.call);
  const module = colon < 0 ? (origin !== undefined && origin !== 'local' ? origin.module : undefined) : ref.slice(0, colon);
  if (module === 'global') return { name };
  if (module === undefined) return undefined;
  const receiver = receiverOf(site.call);
  // `fs.openSync` -> `fs.closeSync`
  if (receiver?.type === T.Identifier && colon < 0 && site.through === undefined) return { name: `${receiver.name}.${name}` };
  if (receiver !== undefined && colon < 0) return undefined;
  const written = source.module.ast.body.flatMap((statement) => (statement.type === T.ImportDeclaration && statement.source.value.replace(/^node:/, '') === module ? [statement.source.value] : []))[0];
  const imported = importName(name, written ?? (/^(?:fs|fs\/promises|timers|net|http|child_process)$/.test(module) ? `node:${module}` : module), source, ctx.bindings, ability);
  return imported && { name: imported.local, imported };
}

