import type { CallFact, SymbolRef, TypeRef } from '../facts';
import { moduleName } from '../syntax/modulePath';
import { spellingsOf } from './memberRef';
import type { Acquire, CallEffect, LibraryModel, MemberRef, Release, ResourceModel } from './model';

/** An acquire with the resource and the library that it belongs to. */
export interface KnownAcquire {
  readonly library: LibraryModel;
  readonly resource: ResourceModel;
  readonly acquire: Acquire;
}

/** The models, indexed for look-up by name and by module. Built once for a set of models. */
export class ModelIndex {
  private readonly acquiresByName = new Map<string, KnownAcquire[]>();
  private readonly acquiresByMember = new Map<string, KnownAcquire[]>();
  private readonly effectsByMember = new Map<string, CallEffect[]>();
  private readonly quiet = new Set<string>();
  private readonly resultsByMember = new Map<string, string>();
  private readonly typesByName = new Map<string, { library: LibraryModel; resource: ResourceModel }>();
  private readonly librariesByModule = new Map<string, LibraryModel[]>();
  private readonly owners = new Map<ResourceModel, LibraryModel>();
  private readonly releases = new Map<Release, ReadonlySet<string>>();

  constructor(models: readonly LibraryModel[]) {
    for (const library of models) this.add(library);
  }

  private add(library: LibraryModel): void {
    for (const module of modulesOf(library)) push(this.librariesByModule, module, library);
    const enter = (call: MemberRef, put: (key: string) => void): void => {
      for (const key of spellingsOf(library, call)) put(key);
    };
    for (const resource of library.resources) {
      this.owners.set(resource, library);
      for (const type of resource.types ?? []) {
        enter(type, (key) => {
          if (!this.typesByName.has(key)) this.typesByName.set(key, { library, resource });
        });
      }
      for (const method of resource.fluent ?? []) for (const type of resource.types ?? []) this.addResult(library, `${type}#${method}`, type);
      for (const acquire of resource.acquires) {
        const known = { library, resource, acquire };
        push(this.acquiresByName, lastNameOf(acquire.call), known);
        enter(acquire.call, (key) => push(this.acquiresByMember, key, known));
        const type = resource.types?.[0];
        if (type !== undefined && (acquire.holder ?? { in: 'result' }).in === 'result') this.addResult(library, acquire.call, type);
      }
    }
    for (const effect of library.effects ?? []) enter(effect.call, (key) => push(this.effectsByMember, key, effect));
    for (const call of library.quiet ?? []) enter(call, (key) => this.quiet.add(key));
    for (const [call, type] of Object.entries(library.returns ?? {})) enter(call, (key) => this.resultsByMember.set(key, type));
  }

  private addResult(library: LibraryModel, call: MemberRef, type: string): void {
    for (const key of spellingsOf(library, call)) if (!this.resultsByMember.has(key)) this.resultsByMember.set(key, type.slice(type.lastIndexOf(':') + 1));
  }

  /** The library that defines the resource; absent for resources that are made up from types. */
  libraryOf(resource: ResourceModel): LibraryModel | undefined {
    return this.owners.get(resource);
  }

  /** The modules that define the library. */
  modulesOf(library: LibraryModel): readonly string[] {
    return modulesOf(library);
  }

  /** The keys (`module:member`) under which a release's function may be called. */
  releaseKeys(library: LibraryModel, release: Release): ReadonlySet<string> {
    let keys = this.releases.get(release);
    if (keys === undefined) {
      const { function: ref = '' } = release;
      const colon = ref.lastIndexOf(':');
      const owners = colon < 0 ? [library] : (this.librariesByModule.get(ref.slice(0, colon)) ?? []);
      const local = ref.slice(colon + 1);
      keys = new Set(owners.flatMap((owner) => spellingsOf(owner, local)));
      if (keys.size === 0) keys = new Set([ref]);
      this.releases.set(release, keys);
    }
    return keys;
  }

  /** The acquires whose call has this last name, in whatever library: candidates, no more. */
  acquiresNamed(name: string): readonly KnownAcquire[] {
    return this.acquiresByName.get(name) ?? [];
  }

  acquiresOf(module: string, member: MemberRef): readonly KnownAcquire[] {
    return this.acquiresByMember.get(`${moduleName(module)}:${member}`) ?? [];
  }

  effectsOf(module: string, member: MemberRef): readonly CallEffect[] {
    return this.effectsByMember.get(`${moduleName(module)}:${member}`) ?? [];
  }

  /** The effects of the resource's own library on calls of this last name, for callees of which nothing else is known. */
  effectsNamed(name: string, resource: ResourceModel): readonly CallEffect[] {
    return (this.owners.get(resource)?.effects ?? []).filter((effect) => effect.option === undefined && lastNameOf(effect.call) === name);
  }

  /** The resource's method of this name never throws. */
  isQuietMethod(resource: ResourceModel, method: string): boolean {
    const quiet = this.owners.get(resource)?.quiet;
    if (quiet === undefined) return false;
    const owners = resource.acquires.flatMap(({ call, holder }) => (holder?.in === 'receiver' ? call.slice(0, call.lastIndexOf('#')) : []));
    return [...(resource.types ?? []), ...owners].some((type) => quiet.includes(`${type}#${method}`));
  }

  /** The callable never throws. */
  isQuiet(module: string, member: MemberRef): boolean {
    return this.quiet.has(`${moduleName(module)}:${member}`);
  }

  resultType(module: string, member: MemberRef): string | undefined {
    return this.resultsByMember.get(`${moduleName(module)}:${member}`);
  }

  /** The resource whose instances are of this type, by who declares it. */
  resourceOfType(symbol: SymbolRef): { library: LibraryModel; resource: ResourceModel } | undefined {
    return symbol.package === undefined ? undefined : this.typesByName.get(`${moduleOfPackage(symbol.package)}:${symbol.name}`);
  }

  /** There is a model for the module. */
  knows(module: string): boolean {
    return this.librariesByModule.has(moduleName(module));
  }

  /** Both modules belong to one library: `fs` and `fs/promises`. */
  sameLibrary(one: string, other: string): boolean {
    if (moduleName(one) === moduleName(other)) return true;
    const libraries = this.librariesByModule.get(moduleName(other)) ?? [];
    return (this.librariesByModule.get(moduleName(one)) ?? []).some((library) => libraries.includes(library));
  }
}

/** What a resolved call may be called in models, best first: by who declares it, then by the receiver's own types. */
export function membersOf(fact: CallFact, constructs: boolean): { module: string; member: MemberRef }[] {
  const { callee, receiver } = fact;
  if (callee === undefined) return [];
  const members: { module: string; member: MemberRef }[] = [];
  const add = (pack: string | undefined, member: MemberRef): void => {
    if (pack !== undefined) members.push({ module: moduleOfPackage(pack), member });
  };
  if (constructs) {
    add(callee.package, `new ${callee.name}`);
    return members;
  }
  if (callee.container !== undefined) {
    add(callee.package, `${callee.container}#${callee.name}`);
    add(callee.package, `${callee.container}.${callee.name}`);
  } else add(callee.package, callee.name);
  for (const symbol of symbolsOf(receiver)) add(symbol.package, `${symbol.name}#${callee.name}`);
  add(callee.package, callee.name);
  return members;
}

/** The type's own symbol and its bases. */
export function symbolsOf(type: TypeRef | undefined): readonly SymbolRef[] {
  if (type === undefined) return [];
  return type.symbol === undefined ? type.bases : [type.symbol, ...type.bases];
}

/** `node:fs/promises` -> `fs/promises`; TypeScript's own library -> `global`. */
function moduleOfPackage(name: string): string {
  return name === 'lib' ? 'global' : moduleName(name);
}

/** `Pool#connect` -> `connect`, `new pg.Pool` -> `Pool`, `promises.open` -> `open`, `mysql2/promise:createPool` -> `createPool`. */
export function lastNameOf(call: MemberRef): string {
  return call.slice(Math.max(call.lastIndexOf('#'), call.lastIndexOf('.'), call.lastIndexOf(' '), call.lastIndexOf(':')) + 1);
}

function modulesOf(library: LibraryModel): string[] {
  return [...library.modules.map(moduleName), ...Object.keys(library.submodules ?? {}).map(moduleName), ...(library.global ? ['global'] : [])];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
