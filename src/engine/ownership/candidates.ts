import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { CallQuery, SymbolRef } from '../facts';
import { RELEASE_MEMBERS } from '../facts';
import { isCommon } from '../resources/commonNames';
import { holdsNothing } from '../resources/holdsNothing';
import { parseMemberRef } from '../resources/memberRef';
import type { KnownAcquire } from '../resources/lookup';
import { symbolsOf } from '../resources/lookup';
import type { ResourceModel } from '../resources/model';
import { ownershipByName } from '../resources/ownedNames';
import { holdsAll } from '../resources/predicate';
import type { CallNode } from '../syntax/nodes';
import { calleeName, isCall, receiverOf, rootOf } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { Context } from './context';
import { landingsOf } from './landing';
import { isAcquiring, tagsOfCall } from './lifecycleTags';
import { guessEnded } from './endedByHand';
import type { AcquireSite } from './site';
import { guessByName, mayBeGuessed } from './nameGuess';
import { ownFunction, receiverName } from './treatment';

/** A call that may acquire, by its name alone. */
export interface Candidate {
  readonly call: CallNode;
  /** The models' acquires of that name. Empty: only the type of its result can tell. */
  readonly known: readonly KnownAcquire[];
}

/** Every call of the file that could acquire: by a name that models have, by a module that is itself called, or by an owning verb. */
export function collectCandidates(program: TSESTree.Program, ctx: Context): Candidate[] {
  const candidates: Candidate[] = [];
  walk(program, (node) => {
    const candidate = isCall(node) ? candidateOf(node, ctx) : undefined;
    if (candidate) candidates.push(candidate);
  });
  return candidates;
}

export function candidateOf(call: CallNode, ctx: Context): Candidate | undefined {
  const name = calleeName(call);
  if (name === undefined) return undefined;
  const named = ctx.models.acquiresNamed(name).filter((one) => mayBeMeant(one, ctx));
  const known = named.length > 0 ? [...named, ...underAnotherName(call, ctx)] : underAnotherName(call, ctx);
  if (known.length > 0) return { call, known };
  const original = ctx.calleeName(call) ?? name;
  return mayBeGuessed(call, original) || mayMakeDisposable(call, original) || isAcquiring(tagsOfCall(call, ctx)) ? { call, known: [] } : undefined;
}

/** A name that says nothing by itself needs an argument or a receiver that does, or its library in the file. */
function mayBeMeant(known: KnownAcquire, ctx: Context): boolean {
  const { acquire } = known;
  const tells = acquire.guess !== undefined || acquire.when?.some((predicate) => 'matches' in predicate) === true;
  return tells || !isCommon(acquire) || ctx.mentions(known);
}

/** `import Database from 'better-sqlite3'`, `import { open as openFile }`: a file may call what it imports as it likes. */
function underAnotherName(call: CallNode, ctx: Context): readonly KnownAcquire[] {
  if (call.callee.type !== T.Identifier || ctx.bindings.isGlobal(call.callee)) return [];
  const callee = ctx.origins.ofCallee(call);
  return callee === undefined || callee === 'local' ? [] : ctx.models.acquiresOf(callee.module, callee.member);
}

/** Asking types is dear: only for values that a function keeps for itself, made by `new` or by a verb that gives away what it makes. */
function mayMakeDisposable(call: CallNode, name: string): boolean {
  if (rootOf(call).type === T.Program) return false;
  if (call.type === T.NewExpression ? !/^[A-Z]/.test(name) || PLAIN_CLASSES.has(name) : ownershipByName(name) !== 'owned') return false;
  return landingsOf(call).some((landing) => landing.to === 'variable' || landing.to === 'nothing');
}

const PLAIN_CLASSES = new Set(['Error', 'TypeError', 'RangeError', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Date', 'URL', 'RegExp', 'Array', 'Promise', 'Uint8Array', 'AbortController', 'Proxy', 'Headers', 'URLSearchParams']);

/** The question that decides a candidate, where imports and annotations do not. */
export function questionFor({ call, known }: Candidate, ctx: Context): CallQuery | undefined {
  const decided = known.length > 0 ? decideByMembers(call, known, ctx) : undefined;
  // The project's own class under a library's name may have a dispose symbol all the same.
  if (decided !== undefined && (decided !== 'none' || call.type !== T.NewExpression || !mayMakeDisposable(call, calleeName(call) ?? ''))) return undefined;
  return { kind: 'call', start: call.range[0], end: call.range[1] };
}

/** The acquire that a candidate is, by the best that is known now. */
export function decide({ call, known }: Candidate, ctx: Context): AcquireSite | undefined {
  const proven = known.length > 0 ? decideByMembers(call, known, ctx) : 'none';
  if (proven === 'none') return decideByType(call, ctx) ?? guessByName(call, ctx) ?? (known.length === 0 ? guessEnded(call, ctx) : undefined);
  if (proven !== undefined) return siteOf(call, proven, 'proof', ctx);
  const guessed = guess(call, known, ctx);
  return guessed ? siteOf(call, guessed, 'guess', ctx) : (decideByType(call, ctx) ?? guessByName(call, ctx));
}

/** By imports, annotations and facts. `none`: it is surely something else. Undefined: nothing is known, or the project's own names only. */
function decideByMembers(call: CallNode, known: readonly KnownAcquire[], ctx: Context): KnownAcquire | 'none' | undefined {
  const members = ctx.membersOf(call);
  if (members === 'local') return 'none';
  for (const { module, member } of members) {
    const fitting = ctx.models.acquiresOf(module, member).find((one) => known.includes(one) && holdsAll(one.acquire.when, call));
    if (fitting) return fitting;
  }
  const foreign = members.some(({ module }) => !isOwn(module));
  return foreign ? 'none' : undefined;
}

/** A module of the project itself: relative, or absolute within it. */
function isOwn(module: string): boolean {
  return module.startsWith('.') || module.startsWith('/') || module.startsWith('#') || module.startsWith('~') || module.startsWith('@/');
}

/** By the shape of names, where neither types nor imports tell. */
function guess(call: CallNode, known: readonly KnownAcquire[], ctx: Context): KnownAcquire | undefined {
  const name = receiverName(call);
  if (name === undefined) return undefined;
  return known.find(({ acquire, resource }) => acquire.guess !== undefined && new RegExp(acquire.guess, 'i').test(name) && holdsAll(acquire.when, call) && mayBeReleased(call, acquire, resource, ctx));
}

/** What the call gives can be released as the resource is, as far as its type is known: the project's own `createQueryRunner` may make anything. */
function mayBeReleased(call: CallNode, { holder }: KnownAcquire['acquire'], { releases }: ResourceModel, ctx: Context): boolean {
  const result = ctx.callFact(call)?.result;
  if (result === undefined || result.opaque || (holder !== undefined && holder.in !== 'result')) return true;
  const methods = releases.flatMap(({ method, on }) => (method === undefined || on !== undefined ? [] : [method]));
  if (methods.length < releases.length || !methods.every((method) => LISTED.has(method))) return true;
  return methods.some((method) => result.members.includes(method));
}

const LISTED: ReadonlySet<string> = new Set(RELEASE_MEMBERS);

/** By the dispose symbols of what the call gives, if its owner is surely whoever called. */
function decideByType(call: CallNode, ctx: Context): AcquireSite | undefined {
  const fact = ctx.callFact(call);
  if (fact === undefined || fact.fluent) return undefined;
  const { result } = fact;
  const name = calleeName(call) ?? '';
  const modelled = result.symbol && ctx.models.resourceOfType(result.symbol);
  if (modelled) {
    // Ways to acquire it are modelled with the lifetimes that it really has. A function of the project that makes it lies in another file, so its name and type are all there is.
    const { resource, library } = modelled;
    const made = call.type === T.CallExpression && ownershipByName(name) === 'owned' && fact.callee?.package === undefined && ownFunction(call, ctx) === undefined;
    const owed = resource.lifetime === 'scoped' || (resource.lifetime === 'process' && result.symbol?.package === 'lib');
    return made && owed && resource.atMost === undefined ? { call, resource, modules: ctx.models.modulesOf(library), lifetime: resource.lifetime, holder: { in: 'result' }, async: fact.promise, certainty: 'guess' } : undefined;
  }
  const derived = call.type === T.NewExpression ? derivedFrom(result.bases, ctx) : undefined;
  if (derived) {
    const { resource, library } = derived;
    return { call, resource, modules: ctx.models.modulesOf(library), lifetime: resource.lifetime, holder: { in: 'result' }, async: false, certainty: 'guess' };
  }
  if ((!result.dispose && !result.asyncDispose) || result.symbol === undefined) return undefined;
  if (call.type !== T.NewExpression && (ownershipByName(name) !== 'owned' || beginsReceiver(call, name))) return undefined;
  const symbols = symbolsOf(result).filter((symbol) => !PLAIN_BASES.has(symbol.name));
  // What Node and the platform have is modelled, with the lifetimes that it really has.
  if (symbols.some((symbol) => isPlatform(symbol) || holdsNothing(symbol))) return undefined;
  return {
    call,
    resource: disposableResource(result.symbol, result.members, result.asyncDispose),
    modules: result.symbol.package === undefined ? [] : [result.symbol.package],
    lifetime: 'scoped',
    holder: { in: 'result' },
    async: fact.promise,
    certainty: 'proof',
  };
}

/** The class is derived from a library's, whose constructor acquires: a generated client, a pool with additions. What it adds nobody knows. */
function derivedFrom(bases: readonly SymbolRef[], ctx: Context): ReturnType<Context['models']['resourceOfType']> {
  const modelled = bases.flatMap((symbol) => (isPlatform(symbol) ? [] : (ctx.models.resourceOfType(symbol) ?? [])));
  return modelled.find(({ resource }) => resource.acquires.some(({ call, when }) => when === undefined && parseMemberRef(call).kind === 'constructor'));
}

/** `await this.encrypter.init()`: a statement that has the receiver begin its work; what it gives besides is the receiver's. */
function beginsReceiver(call: CallNode, name: string): boolean {
  return receiverOf(call) !== undefined && /^(init|initialize|setup|start|attach|mount|bind|begin|connect|listen|serve)([A-Z_]|$)/.test(name) && landingsOf(call).every((landing) => landing.to === 'nothing');
}

/** What a class of anybody's may be, without being the platform's. */
const PLAIN_BASES = new Set(['Disposable', 'AsyncDisposable', 'Object', 'EventEmitter', 'EventTarget', 'Error']);

function isPlatform(symbol: SymbolRef): boolean {
  return symbol.package === 'lib' || symbol.package?.startsWith('node:') === true || symbol.package === 'node';
}

/** Releases that are made at once also by what can be disposed of asynchronously: `destroy()` of a stream gives the stream. */
const AT_ONCE: ReadonlySet<string> = new Set(['destroy', 'end', 'abort', 'kill']);

function disposableResource(symbol: SymbolRef, members: readonly string[], asynchronous: boolean): ResourceModel {
  return {
    id: `${symbol.package ?? ''}.${symbol.name}`,
    noun: symbol.name,
    family: 'disposable',
    lifetime: 'scoped',
    acquires: [],
    releases: [...members.map((method) => ({ method, ...(asynchronous && !AT_ONCE.has(method) ? { async: true as const } : {}) })), { method: asynchronous ? 'Symbol.asyncDispose' : 'Symbol.dispose' }],
  };
}

function siteOf(call: CallNode, { library, resource, acquire }: KnownAcquire, certainty: AcquireSite['certainty'], ctx: Context): AcquireSite {
  return {
    call,
    resource,
    modules: ctx.models.modulesOf(library),
    lifetime: resource.untilExit !== undefined && ctx.module.text.includes(`${resource.untilExit}(`) ? 'process' : (acquire.lifetime ?? resource.lifetime),
    holder: acquire.holder ?? { in: 'result' },
    async: acquire.async ?? false,
    certainty,
  };
}
