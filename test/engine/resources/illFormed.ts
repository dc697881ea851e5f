import { parseMemberRef } from '../../../src/engine/resources/memberRef';
import type { Acquire, LibraryModel, MemberRef, Predicate, Release, ResourceModel } from '../../../src/engine/resources/model';

/** What is wrong with models by themselves, whatever their libraries declare: a sentence each. */
export function findIllFormed(models: readonly LibraryModel[]): readonly string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  for (const library of models) {
    if (library.modules.length === 0 && !library.global) problems.push(`${library.library}: neither a module nor global`);
    for (const name of [...library.modules, ...Object.keys(library.submodules ?? {})]) if (name.startsWith('node:')) problems.push(`${library.library}: module ${name} has a scheme`);
    for (const resource of library.resources) {
      if (ids.has(resource.id)) problems.push(`${resource.id}: the id is taken`);
      ids.add(resource.id);
      problems.push(...inResource(resource).map((problem) => `${resource.id}: ${problem}`));
    }
    for (const { call, when } of library.effects ?? []) problems.push(...[...inReference(call), ...inPredicates(when)].map((problem) => `effect of ${call}: ${problem}`));
    for (const call of library.quiet ?? []) problems.push(...inReference(call));
    for (const call of Object.keys(library.returns ?? {})) problems.push(...inReference(call));
  }
  return problems;
}

function inResource(resource: ResourceModel): readonly string[] {
  const { id, acquires, releases, disposable, types } = resource;
  return [
    ...(/^[\w-]+(\.[\w-]+)+$/.test(id) ? [] : ['the id is not library.Type']),
    ...(acquires.length === 0 ? ['no acquires'] : []),
    ...(releases.length === 0 && disposable === undefined ? ['no releases'] : []),
    ...(disposable === undefined || /^[\w-]+ \d+\.\d+\.\d+(, \d+\.\d+\.\d+)*$/.test(disposable.since) ? [] : [`no versions: ${disposable.since}`]),
    ...(types ?? []).flatMap(inReference),
    ...acquires.flatMap(inAcquire),
    ...releases.flatMap((release) => inRelease(release, acquires)),
  ];
}

function inAcquire(acquire: Acquire): readonly string[] {
  const { call, holder, when, guess } = acquire;
  const reference = inReference(call);
  if (reference.length > 0) return reference;
  const isMethod = parseMemberRef(call).kind === 'method';
  return [...(holder?.in === 'receiver' && !isMethod ? ['held by the receiver of no method'] : []), ...inGuess(guess, call), ...inPredicates(when)];
}

function inRelease(release: Release, acquires: readonly Acquire[]): readonly string[] {
  const { method, on, function: func, argument, member, key, call, parameter, each } = release;
  const ways = [method, func, call, parameter, each].filter((way) => way !== undefined).length;
  return [
    ...(ways === 1 ? [] : [`a release in ${ways} ways`]),
    ...(func === undefined ? [] : inReference(func)),
    ...(member !== undefined && func === undefined && argument === undefined ? ['a member of no argument'] : []),
    ...(key !== undefined && func === undefined ? ['a key of no function'] : []),
    ...(on !== undefined && method === undefined ? ['on a receiver without a method'] : []),
    ...(func === undefined && acquires.some(({ holder }) => holder?.in === 'nothing') ? ['a release of nothing that is no function'] : []),
    ...(parameter !== undefined && !acquires.some(({ holder }) => holder?.in === 'callback') ? ['parameter of no callback'] : []),
    ...inPredicates(release.when),
  ];
}

function inGuess(guess: string | undefined, call: MemberRef): readonly string[] {
  if (guess === undefined) return [];
  return [...inPattern(guess), ...(call.startsWith('new ') ? ['guess of a constructor, which has no receiver'] : [])];
}

function inPredicates(when: readonly Predicate[] | undefined): readonly string[] {
  return (when ?? []).flatMap((predicate) => [
    ...(Number.isInteger(predicate.argument) ? [] : [`predicate on argument ${predicate.argument}`]),
    ...('matches' in predicate ? inPattern(predicate.matches) : []),
  ]);
}

function inReference(ref: MemberRef): readonly string[] {
  try {
    parseMemberRef(ref);
    return [];
  } catch {
    return [`no reference: ${ref}`];
  }
}

function inPattern(pattern: string): readonly string[] {
  try {
    new RegExp(pattern, 'i');
    return [];
  } catch {
    return [`no pattern: ${pattern}`];
  }
}
