import type ts from 'typescript';
import { END_MEMBERS, RELEASE_MEMBERS, type SymbolRef, type TypeRef } from '../engine/facts';
import { findDisposal } from './disposal';
import { findEnds } from './ends';
import { describeSymbol } from './symbols';
import type { TypeContext } from './typescript';

const MOST_BASES = 8;

/** Describes types as the engine knows them. Each type of a program is looked into once. */
export class TypeDescriber {
  readonly #context: TypeContext;
  readonly #known = new Map<ts.Type, TypeRef>();

  constructor(context: TypeContext) {
    this.#context = context;
  }

  /** The type with promises awaited. */
  describeAwaited(type: ts.Type): TypeRef {
    return this.describe(this.awaited(type));
  }

  /** The type as it is. */
  describe(type: ts.Type): TypeRef {
    const present = this.present(type);
    let known = this.#known.get(present);
    if (!known) this.#known.set(present, (known = this.#describe(present)));
    return known;
  }

  /** What `await` gives of a value of the type. */
  awaited(type: ts.Type): ts.Type {
    const present = this.present(type);
    return this.#context.checker.getAwaitedType(present) ?? present;
  }

  /** A value of the type is, or may be, a promise or another thenable. */
  isThenable(type: ts.Type): boolean {
    const present = this.present(type);
    const members = present.isUnion() ? present.types : [present];
    return members.some((member) => {
      const then = member.getProperty('then');
      return then !== undefined && this.#context.checker.getTypeOfSymbol(then).getCallSignatures().length > 0;
    });
  }

  /** What a value of the type is depends on type parameters that have not been given yet. */
  dependsOnParameters(type: ts.Type): boolean {
    const { ts, checker } = this.#context;
    const awaited = checker.getAwaitedType(type) ?? type;
    const parts = awaited.isUnionOrIntersection() ? awaited.types : [awaited];
    return parts.some((part) => (part.flags & ts.TypeFlags.Instantiable) !== 0 || (isObjectType(ts, part) && (part.objectFlags & ts.ObjectFlags.Mapped) !== 0));
  }

  /** The symbol that an instance type is named by: not that of a class as a value, a namespace or a literal. */
  namedSymbol(type: ts.Type): ts.Symbol | undefined {
    const { ts } = this.#context;
    if (type.aliasSymbol && !isInstance(ts, type)) return type.aliasSymbol;
    return isInstance(ts, type) ? type.getSymbol() : undefined;
  }

  /** Without null and undefined; a type parameter by its constraint. */
  present(type: ts.Type): ts.Type {
    const { ts, checker } = this.#context;
    const constrained = type.flags & ts.TypeFlags.Instantiable ? (checker.getBaseConstraintOfType(type) ?? type) : type;
    // Without null, `unknown` would become `{}`, of which everything is known.
    if (constrained.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Instantiable)) return constrained;
    const nonNull = checker.getNonNullableType(constrained);
    // Nothing is left of `undefined`.
    return nonNull.flags & ts.TypeFlags.Never ? constrained : nonNull;
  }

  #describe(type: ts.Type): TypeRef {
    const { ts, checker } = this.#context;
    // A type parameter without a constraint can be anything.
    const opaque = (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Instantiable)) !== 0;
    const primitive = !opaque && isPrimitive(ts, type);
    const nothing = (type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)) !== 0;
    if (opaque || primitive) return { bases: [], opaque, primitive, callable: false, dispose: false, asyncDispose: false, members: [], ...(nothing ? { nothing } : {}) };
    const symbol = this.#symbolOf(type);
    const members = RELEASE_MEMBERS.filter((name) => {
      const property = checker.getPropertyOfType(type, name);
      return property !== undefined && this.#isMethod(property);
    });
    const ends = symbol !== undefined && symbol.package === undefined ? findEnds(this.#context, type, END_MEMBERS) : [];
    return {
      ...(symbol && { symbol }),
      bases: this.#basesOf(type),
      opaque,
      primitive,
      callable: type.getCallSignatures().length > 0,
      ...findDisposal(this.#context, type),
      members,
      ...(ends.length > 0 && { ends }),
    };
  }

  #symbolOf(type: ts.Type): SymbolRef | undefined {
    const symbol = this.namedSymbol(type);
    if (symbol) return describeSymbol(this.#context, symbol);
    if (!type.isUnion()) return undefined;
    const [first, ...others] = new Set(type.types.map((member) => this.namedSymbol(member)));
    return first && others.length === 0 ? describeSymbol(this.#context, first) : undefined;
  }

  #isMethod(property: ts.Symbol): boolean {
    const { ts, checker } = this.#context;
    if (property.flags & ts.SymbolFlags.Method) return true;
    const type = this.present(checker.getTypeOfSymbol(property));
    return (type.flags & ts.TypeFlags.Any) !== 0 || type.getCallSignatures().length > 0;
  }

  /** Breadth first, so that nearer ones come first. */
  #basesOf(type: ts.Type): SymbolRef[] {
    const found = new Map<ts.Symbol, SymbolRef>();
    let level = this.#directBases(type);
    const seen = new Set<ts.Type>();
    while (level.length > 0 && found.size < MOST_BASES) {
      const next: ts.Type[] = [];
      for (const base of level) {
        if (seen.has(base)) continue;
        seen.add(base);
        const symbol = this.namedSymbol(base);
        const described = symbol && describeSymbol(this.#context, symbol);
        if (symbol && described && found.size < MOST_BASES) found.set(symbol, described);
        next.push(...this.#directBases(base));
      }
      level = next;
    }
    return [...found.values()];
  }

  #directBases(type: ts.Type): readonly ts.Type[] {
    const { ts, checker } = this.#context;
    if (type.isIntersection()) return type.types;
    const symbol = this.namedSymbol(type);
    if (!symbol || !(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface))) return [];
    const declared = checker.getDeclaredTypeOfSymbol(symbol);
    const bases = declared.isClassOrInterface() ? checker.getBaseTypes(declared) : [];
    const implemented = (symbol.declarations ?? [])
      .filter((declaration) => ts.isClassLike(declaration))
      .flatMap((declaration) => declaration.heritageClauses ?? [])
      .filter((clause) => clause.token === ts.SyntaxKind.ImplementsKeyword)
      .flatMap((clause) => clause.types.map((node) => checker.getTypeAtLocation(node)));
    return [...bases, ...implemented];
  }
}

/** Classes, interfaces and enums; not the anonymous types of values, whose symbol is the value's. */
function isInstance(ts: TypeContext['ts'], type: ts.Type): boolean {
  return (type.getSymbol()?.flags ?? 0) !== 0 && !(isObjectType(ts, type) && type.objectFlags & ts.ObjectFlags.Anonymous) && !type.isIntersection();
}

function isObjectType(ts: TypeContext['ts'], type: ts.Type): type is ts.ObjectType {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

function isPrimitive(ts: TypeContext['ts'], type: ts.Type): boolean {
  const { StringLike, NumberLike, BigIntLike, BooleanLike, ESSymbolLike, Null, Undefined, Void, EnumLike } = ts.TypeFlags;
  const mask = StringLike | NumberLike | BigIntLike | BooleanLike | ESSymbolLike | Null | Undefined | Void | EnumLike;
  return type.isUnion() ? type.types.every((member) => (member.flags & mask) !== 0) : (type.flags & mask) !== 0;
}
