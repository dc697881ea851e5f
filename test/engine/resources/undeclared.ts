import ts from 'typescript';
import { parseMemberRef } from '../../../src/engine/resources/memberRef';
import type { Acquire, CallEffect, LibraryModel, MemberRef, Predicate, Release, ResourceModel } from '../../../src/engine/resources/model';
import type { Callable, Declarations } from './declarations';

/** What a library's model says and its declarations do not: a sentence each. Empty when they agree. */
export function findUndeclared(library: LibraryModel, declarations: Declarations): readonly string[] {
  return new Check(library, declarations).run();
}

/** Resources whose declarations here say other than what is so, or more than one thing, of their dispose symbol. */
const DECLARED_OTHERWISE = new Map([
  ['module.hooks', 'from 26.7.0 on; these are the declarations of 26.6'],
  ['http.ClientRequest', 'declared as a Writable, but derived from the old Stream, which has no symbol'],
  ['https.ClientRequest', 'the same class'],
  ['typeorm.QueryRunner', 'from 1.0.0 on; these are the declarations of 0.3, which still has Connection'],
  ['kysely.ControlledTransaction', 'inherited, and throws: a transaction is not destroyed'],
  ['mysql2.Pool', 'dispose with callbacks, asyncDispose with promises'],
  ['mysql2.PoolConnection', 'the same'],
  ['mysql2.Connection', 'the same'],
  ['mysql2.promisePool', 'the same'],
  ['mysql2.promiseConnection', 'the same'],
]);

/** Releases that give a promise and are complete without it. */
const AT_ONCE = new Set(['mongodb.ClientSession released by endSession', 'mongodb.transaction released by endSession', 'webStreams.reader released by cancel']);

class Check {
  private readonly problems: string[] = [];

  constructor(
    private readonly library: LibraryModel,
    private readonly declarations: Declarations,
  ) {}

  run(): readonly string[] {
    for (const resource of this.library.resources) this.checkResource(resource);
    for (const effect of this.library.effects ?? []) this.checkEffect(effect);
    for (const call of this.library.quiet ?? []) if (this.declarations.callables(this.library, call).length === 0) this.say(`quiet ${call}`, 'not declared');
    for (const [call, type] of Object.entries(this.library.returns ?? {})) this.checkReturns(call, type);
    return this.problems;
  }

  private say(where: string, what: string): void {
    this.problems.push(`${where}: ${what}`);
  }

  private checkResource(resource: ResourceModel): void {
    const where = resource.id;
    const held = resource.acquires.flatMap((acquire) => this.heldBy(acquire, resource));
    const named = (resource.types ?? []).flatMap((name) => {
      const types = this.declarations.types(this.library, name);
      // A type need not be exported to be what an acquire gives.
      const given = held.flatMap((type) => this.declarations.partsOf(type)).filter((type) => type.symbol?.name === name);
      if (types.length === 0 && given.length === 0) this.say(where, `no type ${name}`);
      for (const type of types) if (!this.canBeReleased(type, resource)) this.say(where, `${name} has none of the releases`);
      return types;
    });
    const types = [...held, ...named];
    for (const release of resource.releases) this.checkRelease(release, resource, types);
    for (const { method, instead } of resource.wrong ?? []) {
      this.checkMethod(where, types, method);
      this.checkMethod(where, types, instead);
    }
    for (const method of resource.settles ?? []) this.checkMethod(where, types, method);
    for (const method of resource.fluent ?? []) this.checkFluent(where, types, method);
    this.checkTraits(resource, types);
  }

  private canBeReleased(type: ts.Type, resource: ResourceModel): boolean {
    const { releases } = resource;
    return !releases.some((release) => release.method !== undefined) || releases.some(({ method }) => method !== undefined && this.declarations.methodsOf([type], method).length > 0);
  }

  /** The types of what an acquire leaves held, as its declaration has it. */
  private heldBy(acquire: Acquire, resource: ResourceModel): readonly ts.Type[] {
    const where = `${resource.id} acquired by ${acquire.call}`;
    const callables = this.declarations.callables(this.library, acquire.call);
    if (callables.length === 0) {
      this.say(where, 'not declared');
      return [];
    }
    this.checkPredicates(where, acquire.when, callables);
    const signatures = callables.flatMap(({ signatures }) => signatures);
    const holder = acquire.holder ?? { in: 'result' };
    const fitting = holder.in === 'callback' ? signatures : signatures.filter((signature) => this.declarations.isPromise(signature.getReturnType()) === (acquire.async ?? false));
    if (fitting.length === 0) this.say(where, acquire.async ? 'gives no promise' : 'gives nothing but promises');
    const results = fitting.map((signature) => this.declarations.awaited(signature.getReturnType()));
    let held: readonly ts.Type[];
    switch (holder.in) {
      case 'result':
        held = results;
        break;
      case 'nothing':
        return [];
      case 'member':
        held = results.flatMap((type) => this.declarations.member(type, holder.name));
        break;
      case 'receiver':
        held = callables.flatMap(({ owner }) => (owner === undefined ? [] : [owner]));
        break;
      case 'argument':
        held = fitting.flatMap((signature) => this.declarations.parameter(signature, holder.index));
        break;
      case 'callback':
        held = fitting.flatMap((signature) => this.declarations.callbackParameter(signature, holder.parameter));
        if (holder.error !== undefined && !fitting.some((signature) => this.declarations.callbackParameter(signature, holder.error ?? 0).some((type) => this.mayBeError(type)))) this.say(where, `callback parameter ${holder.error} is no error`);
    }
    held = held.map((type) => this.declarations.checker.getNonNullableType(type));
    if (holder.in !== 'receiver' && !held.some((type) => this.isOfValue(type, resource.value ?? 'object'))) this.say(where, `what is held is no ${resource.value ?? 'object'}`);
    return held;
  }

  private checkRelease(release: Release, resource: ResourceModel, types: readonly ts.Type[]): void {
    const where = `${resource.id} released by ${release.method ?? release.function ?? release.each?.method ?? (release.call ? 'a call' : `parameter ${String(release.parameter)}`)}`;
    if (release.parameter !== undefined) {
      const index = release.parameter;
      const given = resource.acquires.flatMap(({ call }) => this.signatures(call)).flatMap((signature) => this.declarations.callbackParameter(signature, index));
      if (!given.some((type) => type.getCallSignatures().length > 0)) this.say(where, 'no such function in the callback');
      return;
    }
    if (release.call) {
      const signatures = types.flatMap((type) => type.getCallSignatures());
      if (signatures.length === 0) this.say(where, 'the resource is no function');
      else this.checkAsync(where, release.async, signatures);
      return;
    }
    if (release.each !== undefined) {
      const { of, method } = release.each;
      const lists = this.declarations.methodsOf(types, of).flatMap(({ signatures }) => signatures.map((signature) => signature.getReturnType()));
      const elements = lists.flatMap((list) => this.declarations.checker.getIndexTypeOfType(list, ts.IndexKind.Number) ?? []);
      if (this.declarations.methodsOf(elements, method).length === 0) this.say(where, `each of ${of} has no ${method}`);
      return;
    }
    const callables =
      release.method === undefined
        ? this.declarations.callables(this.library, release.function ?? '')
        : release.on === 'receiver'
          ? this.declarations.methodsOf(resource.acquires.flatMap(({ call }) => this.owners(call)), release.method)
          : this.declarations.methodsOf(types, release.method);
    if (callables.length === 0) return this.say(where, 'not declared');
    const signatures = callables.flatMap((callable) => callable.signatures);
    this.checkAsync(where, release.async, signatures);
    this.checkPredicates(where, release.when, callables);
    const standsAlone = release.function === undefined || resource.acquires.every(({ holder }) => holder?.in === 'nothing');
    const argument = release.argument ?? (standsAlone ? undefined : 0);
    if (argument !== undefined && !signatures.some((signature) => this.declarations.parameter(signature, argument).length > 0)) this.say(where, `no argument ${argument}`);
    const { key, member } = release;
    if (key !== undefined && !resource.acquires.some(({ call }) => this.signatures(call).some((signature) => this.declarations.parameter(signature, key).length > 0))) this.say(where, `the acquire has no argument ${key}`);
    if (member !== undefined && !types.some((type) => type.getProperty(member))) this.say(where, `the resource has no member ${member}`);
  }

  private checkTraits(resource: ResourceModel, types: readonly ts.Type[]): void {
    const { checker } = this.declarations;
    const where = resource.id;
    if (resource.iterated && !types.some((type) => this.declarations.hasSymbol(type, 'asyncIterator') || this.declarations.hasSymbol(type, 'iterator'))) this.say(where, 'cannot be iterated');
    const { drained, disposable, leadsBack } = resource;
    if (leadsBack && !leadsBack.from.some((name) => this.givenBy(types, name).some((given) => leadsBack.by.some((member) => given.getProperty(member))))) this.say(where, 'nothing leads back to it');
    if (drained) {
      const results = this.declarations.methodsOf(types, drained.method).flatMap(({ signatures }) => signatures.map((signature) => this.declarations.awaited(signature.getReturnType())));
      if (!results.some((type) => checker.getPropertyOfType(type, drained.flag))) this.say(where, `${drained.method} gives no ${drained.flag}`);
    }
    const isHeldItself = resource.acquires.some(({ holder }) => !['receiver', 'argument', 'nothing'].includes(holder?.in ?? 'result')) && (resource.value ?? 'object') === 'object';
    if (!isHeldItself) return;
    if (DECLARED_OTHERWISE.has(resource.id)) return;
    for (const symbol of ['dispose', 'asyncDispose'] as const) {
      const has = types.some((type) => this.declarations.hasSymbol(type, symbol));
      const said = disposable?.symbol === symbol || disposable?.symbol === 'both';
      if (has !== said) this.say(where, has ? `has Symbol.${symbol}, which the model does not say` : `has no Symbol.${symbol}`);
    }
  }

  /** What a member of the types is, or gives when it is called. */
  private givenBy(types: readonly ts.Type[], name: string): readonly ts.Type[] {
    const called = this.declarations.methodsOf(types, name).flatMap(({ signatures }) => signatures.map((signature) => this.declarations.awaited(signature.getReturnType())));
    return called.length > 0 ? called : types.flatMap((type) => this.declarations.member(type, name));
  }

  private checkEffect(effect: CallEffect): void {
    const where = `effect of ${effect.call}`;
    const callables = this.declarations.callables(this.library, effect.call);
    if (callables.length === 0) return this.say(where, 'not declared');
    this.checkPredicates(where, effect.when, callables);
    const { argument, option } = effect;
    if (argument === 'any' || argument === 'receiver') {
      if (argument === 'receiver' && parseMemberRef(effect.call).kind !== 'method') this.say(where, 'there is no receiver');
      return;
    }
    const given = callables.flatMap(({ signatures }) => signatures.flatMap((signature) => this.declarations.parameter(signature, argument)));
    if (given.length === 0) this.say(where, `no argument ${argument}`);
    if (option !== undefined && !given.some((type) => this.declarations.hasOption(type, option))) this.say(where, `no option ${option}`);
  }

  private checkReturns(call: MemberRef, type: string): void {
    const results = this.declarations.callables(this.library, call).flatMap(({ signatures }) => signatures.flatMap((signature) => [signature.getReturnType(), this.declarations.awaited(signature.getReturnType())]));
    results.push(...this.declarations.properties(this.library, call));
    if (results.length === 0) return this.say(`returns of ${call}`, 'not declared');
    const named = this.declarations.types(this.library, type);
    const { checker } = this.declarations;
    if (!results.map((result) => checker.getBaseConstraintOfType(result) ?? result).some((result) => named.some((one) => this.declarations.sameSymbol(result, one)))) this.say(`returns of ${call}`, `gives no ${type}`);
  }

  private checkPredicates(where: string, predicates: readonly Predicate[] | undefined, callables: readonly Callable[]): void {
    for (const predicate of predicates ?? []) {
      if (!('option' in predicate)) continue;
      const given = callables.flatMap(({ signatures }) => signatures.flatMap((signature) => this.declarations.parameter(signature, predicate.argument)));
      if (!given.some((type) => this.declarations.hasOption(type, predicate.option))) this.say(where, `argument ${predicate.argument} has no option ${predicate.option}`);
    }
  }

  private checkMethod(where: string, types: readonly ts.Type[], method: string): readonly ts.Signature[] {
    const signatures = this.declarations.methodsOf(types, method).flatMap((callable) => callable.signatures);
    if (signatures.length === 0) this.say(where, `no method ${method}`);
    return signatures;
  }

  private checkFluent(where: string, types: readonly ts.Type[], method: string): void {
    const signatures = this.checkMethod(where, types, method);
    const isFluent = signatures.some((signature) => {
      const result = this.declarations.awaited(signature.getReturnType());
      return result.isTypeParameter() || types.some((type) => this.declarations.sameSymbol(result, type) || this.declarations.basesOf(type).some((base) => this.declarations.sameSymbol(result, base)));
    });
    if (signatures.length > 0 && !isFluent) this.say(where, `${method} does not give the resource again`);
  }

  private checkAsync(where: string, async: boolean | undefined, signatures: readonly ts.Signature[]): void {
    if (AT_ONCE.has(where)) return;
    const fits = signatures.some((signature) => this.declarations.isPromise(signature.getReturnType()) === (async ?? false));
    if (!fits) this.say(where, async ? 'gives no promise' : 'gives nothing but promises');
  }

  private signatures(call: MemberRef): readonly ts.Signature[] {
    return this.declarations.callables(this.library, call).flatMap(({ signatures }) => signatures);
  }

  private owners(call: MemberRef): readonly ts.Type[] {
    return this.declarations.callables(this.library, call).flatMap(({ owner }) => (owner === undefined ? [] : [owner]));
  }

  private isOfValue(type: ts.Type, value: NonNullable<ResourceModel['value']>): boolean {
    return this.declarations.partsOf(type).some((part) => {
      if (value === 'number') return (part.flags & ts.TypeFlags.NumberLike) !== 0;
      if (value === 'path') return (part.flags & ts.TypeFlags.StringLike) !== 0;
      if (value === 'function') return part.getCallSignatures().length > 0;
      return (part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection | ts.TypeFlags.TypeParameter)) !== 0;
    });
  }

  private mayBeError(type: ts.Type): boolean {
    return this.declarations.partsOf(type).some((part) => part.getProperty('message') !== undefined || (part.flags & ts.TypeFlags.Any) !== 0);
  }
}
