import type { Acquire, Holder, LibraryModel, Predicate, Release, ResourceModel } from './model';

/** What is known of one resource, in words: for lists and pages, not for deciding anything. */
export interface ResourceDescription {
  readonly library: string;
  /** Module specifiers; `global` where none is needed. */
  readonly modules: readonly string[];
  readonly id: string;
  readonly noun: string;
  readonly family: ResourceModel['family'];
  readonly lifetime: ResourceModel['lifetime'];
  /** Calls that acquire, as models name them, with their conditions and where the resource is then. */
  readonly acquires: readonly string[];
  readonly releases: readonly string[];
  /** Sets of events of which one always comes: `end or error`. */
  readonly outcomes: readonly string[];
  readonly disposable?: { readonly symbol: string; readonly since: string };
  readonly prefer?: string;
}

/** Describes every resource of the models, by library and name. */
export function describeModels(models: readonly LibraryModel[]): ResourceDescription[] {
  return models
    .flatMap((library) => library.resources.map((resource) => describeResource(library, resource)))
    .sort((one, other) => compare(one.library, other.library) || compare(one.id, other.id));
}

function describeResource({ library, modules, submodules, global }: LibraryModel, resource: ResourceModel): ResourceDescription {
  const { id, noun, family, lifetime, acquires, releases, outcomes, disposable, prefer } = resource;
  return {
    library,
    modules: [...modules, ...Object.keys(submodules ?? {}), ...(global === true ? ['global'] : [])],
    id,
    noun,
    family,
    lifetime,
    acquires: unique(acquires.map(describeAcquire)),
    releases: unique(releases.map((release) => describeRelease(release, acquires))),
    outcomes: (outcomes ?? []).map((events) => events.join(' or ')),
    ...(disposable === undefined ? {} : { disposable: { symbol: SYMBOLS[disposable.symbol], since: disposable.since } }),
    ...(prefer === undefined ? {} : { prefer }),
  };
}

const SYMBOLS = { dispose: 'Symbol.dispose', asyncDispose: 'Symbol.asyncDispose', both: 'Symbol.dispose and Symbol.asyncDispose' } as const;

/** `Pool#query where the first argument matches /begin/`. */
function describeAcquire({ call, when, holder }: Acquire): string {
  return `${call}${describeHolder(holder)}${describeConditions(when)}`;
}

/** `.release()`, `closeSync(it)`; `it` is the resource, where anything stands for it. */
function describeRelease(release: Release, acquires: readonly Acquire[]): string {
  const section = acquires.every(({ holder }) => holder?.in === 'nothing');
  return `${section && release.function !== undefined ? `${release.function}()` : releaseCall(release)}${describeConditions(release.when)}`;
}

function releaseCall({ method, on, function: called, argument, member, key, call, parameter, each }: Release): string {
  const it = key !== undefined ? `the acquire's ${ordinal(key)} argument` : member === undefined ? 'it' : `it.${member}`;
  if (method?.startsWith('Symbol.')) return `[${method}]()`;
  if (method !== undefined) return `${on === 'receiver' ? 'receiver' : ''}.${method}(${argument === undefined && key === undefined ? '' : it})`;
  if (called !== undefined) return `${called}(${'..., '.repeat(argument ?? 0)}${it})`;
  if (parameter !== undefined) return `calling the callback's ${ordinal(parameter)} parameter`;
  if (each !== undefined) return `.${each.method}() of each of .${each.of}()`;
  return call === true ? 'calling it' : '';
}

function describeHolder(holder: Holder | undefined): string {
  switch (holder?.in) {
    case 'member':
      return `, in its result's ${holder.name}`;
    case 'receiver':
      return ', on its receiver';
    case 'argument':
      return `, on its ${ordinal(holder.index)} argument`;
    case 'callback':
      return `, in its callback's ${ordinal(holder.parameter)} parameter`;
    case 'nothing':
    case 'result':
    case undefined:
      return '';
  }
}

/** The conditions that tell one thing from another. That a callback is there or not is left out: it says how, not what. */
function describeConditions(when: readonly Predicate[] | undefined): string {
  const told = (when ?? []).flatMap((predicate) => ('is' in predicate ? [] : [describePredicate(predicate)]));
  return told.length === 0 ? '' : ` where ${told.join(' and ')}`;
}

/** A condition on a call's arguments, in words. */
export function describePredicate(predicate: Predicate): string {
  const argument = `the ${ordinal(predicate.argument)} argument`;
  const not = predicate.not === true;
  if ('matches' in predicate) return `${argument} ${not ? 'does not match' : 'matches'} /${predicate.matches}/`;
  if ('is' in predicate) return `${argument} is ${not ? 'not ' : ''}${predicate.is === 'function' ? 'a function' : predicate.is}`;
  if (predicate.equals === undefined) return `${argument} ${not ? 'sets' : 'does not set'} ${predicate.option}`;
  return `${argument} ${not ? 'does not set' : 'sets'} ${predicate.option}: ${JSON.stringify(predicate.equals)}`;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

function ordinal(index: number): string {
  if (index < 0) return index === -1 ? 'last' : `${String(-index)}th last`;
  return ORDINALS[index] ?? `${String(index + 1)}th`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
