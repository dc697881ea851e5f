import path from 'node:path';
import ts from 'typescript';
import { parseMemberRef } from '../../../src/engine/resources/memberRef';
import type { LibraryModel, MemberRef } from '../../../src/engine/resources/model';

/** What a library's callables and types are found by. */
export type Named = Pick<LibraryModel, 'modules' | 'submodules' | 'global'>;

/** A callable as declared: its signatures, and for a method the type that has it. */
export interface Callable {
  readonly signatures: readonly ts.Signature[];
  readonly owner?: ts.Type;
}

/** What else declares a module: a former version under another name, a file that the package does not export to everybody. */
const ALSO: Readonly<Record<string, readonly string[]>> = { rimraf: ['rimraf-types-3'], redlock: ['../../../node_modules/redlock/dist/index'] };

const NODE_TYPES = path.join(process.cwd(), 'node_modules/node-types-26/index.d.ts');

/** What libraries declare, asked of the TypeScript checker: one program that imports every module of the models. */
export class Declarations {
  readonly checker: ts.TypeChecker;
  private readonly program: ts.Program;
  private readonly source: ts.SourceFile;
  private readonly modules = new Map<string, ts.Symbol>();

  constructor(modules: readonly string[]) {
    const file = path.join(process.cwd(), 'test/engine/resources/imported-by-models.ts');
    const text = modules.flatMap((name) => [name, `node:${name}`, ...(ALSO[name] ?? [])].map((one) => `import ${JSON.stringify(one)};`)).join('\n');
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ESNext,
      lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
      module: ts.ModuleKind.Preserve,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
      // The runtime's declarations are made by its build; its sources say the same.
      paths: { 'managed-scope': [path.join(process.cwd(), 'src/runtime/index.ts')] },
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    };
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true) : read(name, ...rest));
    // One version of Node's declarations, the newer: whoever refers to `node` gets it.
    host.resolveTypeReferenceDirectiveReferences = (references, containing, redirected, settings) =>
      references.map((reference) => {
        const name = typeof reference === 'string' ? reference : reference.fileName;
        if (name === 'node') return { resolvedTypeReferenceDirective: { primary: true, resolvedFileName: NODE_TYPES } };
        return ts.resolveTypeReferenceDirective(name, containing, settings, host, redirected);
      });
    this.program = ts.createProgram({ rootNames: [file, NODE_TYPES], options, host });
    this.checker = this.program.getTypeChecker();
    const source = this.program.getSourceFile(file);
    if (source === undefined) throw new Error('the importing file is not in the program');
    this.source = source;
    for (const statement of source.statements) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      const symbol = this.checker.getSymbolAtLocation(statement.moduleSpecifier);
      if (symbol !== undefined) this.modules.set(statement.moduleSpecifier.text, symbol);
    }
  }

  /** The callable that a reference of the library names, in each of its modules that has it. */
  callables(library: Named, ref: MemberRef): readonly Callable[] {
    const { module, kind, path: names, method } = parseMemberRef(ref);
    const within = kind === 'function' && !/^[A-Z]/.test(names[0] ?? '') ? library.modules : [...library.modules, ...Object.keys(library.submodules ?? {})];
    return this.symbols({ ...library, modules: within }, module, names).flatMap((symbol): readonly Callable[] => {
      if (method !== undefined) return this.methodsOf(this.instancesOf(symbol), method);
      const type = this.checker.getTypeOfSymbol(symbol);
      const signatures = kind === 'constructor' ? type.getConstructSignatures() : type.getCallSignatures();
      return signatures.length > 0 ? [{ signatures }] : [];
    });
  }

  /** The types of the property that a reference of the library names (`Response#body`). */
  properties(library: Named, ref: MemberRef): readonly ts.Type[] {
    const { path: names, method } = parseMemberRef(ref);
    return method === undefined ? [] : this.types(library, names.join('.')).flatMap((type) => this.member(type, method));
  }

  /** The types of this (possibly dotted) name. */
  types(library: Named, name: string): readonly ts.Type[] {
    const { module, path: names } = parseMemberRef(name);
    const modules = [...library.modules, ...Object.keys(library.submodules ?? {})];
    return this.symbols({ ...library, modules }, module, names).flatMap((symbol) => this.instancesOf(symbol));
  }

  /** The values (namespaces and functions with members among them) of this (possibly dotted) name. */
  values(library: Named, name: string): readonly ts.Symbol[] {
    return this.symbols(library, undefined, name.split('.'));
  }

  /** The type's methods of this name (`null` and `undefined` apart). */
  methodsOf(types: readonly ts.Type[], name: string): readonly Callable[] {
    return types.flatMap((owner): Callable[] => {
      const type = this.checker.getNonNullableType(owner);
      const symbol = /^Symbol\.(\w+)$/.exec(name)?.[1];
      const property = symbol === undefined ? type.getProperty(name) : type.getProperties().find(({ escapedName }) => String(escapedName).startsWith(`__@${symbol}@`));
      if (property === undefined) return [];
      const signatures = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(property)).getCallSignatures();
      return signatures.length > 0 ? [{ signatures, owner }] : [];
    });
  }

  /** The type has a member that is named by this well-known symbol. */
  hasSymbol(type: ts.Type, name: 'dispose' | 'asyncDispose' | 'iterator' | 'asyncIterator'): boolean {
    return this.checker.getPropertiesOfType(this.checker.getApparentType(type)).some((property) => String(property.escapedName).startsWith(`__@${name}@`));
  }

  awaited(type: ts.Type): ts.Type {
    return this.checker.getAwaitedType(type) ?? type;
  }

  isPromise(type: ts.Type): boolean {
    const parts = type.isUnion() ? type.types : [type];
    return parts.some((part) => (part.flags & ts.TypeFlags.Any) === 0 && part.getProperty('then') !== undefined);
  }

  parameterType(parameter: ts.Symbol): ts.Type {
    return this.checker.getTypeOfSymbolAtLocation(parameter, this.source);
  }

  /** The type of the signature's parameter at the index, negative from the end; a rest parameter stands for all that follow. Empty if there is none. */
  parameter(signature: ts.Signature, index: number): readonly ts.Type[] {
    const { parameters } = signature;
    const last = parameters.at(-1);
    const declaration = last?.valueDeclaration;
    const isRest = declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined;
    const parameter = parameters.at(index) ?? (isRest ? last : undefined);
    return parameter === undefined ? [] : [this.parameterType(parameter)];
  }

  /** The same of the callback that the signature takes last. */
  callbackParameter(signature: ts.Signature, index: number): readonly ts.Type[] {
    return this.parameter(signature, -1)
      .flatMap((type) => this.partsOf(type))
      .flatMap((type) => type.getCallSignatures())
      .flatMap((callback) => (callback.parameters[index] === undefined ? [] : this.parameter(callback, index)));
  }

  /** The type of the member, if there is one. */
  member(type: ts.Type, name: string): readonly ts.Type[] {
    const property = this.partsOf(type).map((part) => part.getProperty(name)).find((one) => one !== undefined);
    return property === undefined ? [] : [this.parameterType(property)];
  }

  /** Some part of the type has a property of this name. */
  hasOption(type: ts.Type, option: string): boolean {
    return this.partsOf(type).some((part) => part.getProperty(option) !== undefined);
  }

  /** Some part of the one type is declared where some part of the other is. */
  sameSymbol(one: ts.Type, other: ts.Type): boolean {
    const others = this.partsOf(other);
    return this.partsOf(one).some((part) => others.some((that) => part === that || (part.symbol !== undefined && part.symbol === that.symbol)));
  }

  /** Base classes and interfaces, all the way. */
  basesOf(type: ts.Type): readonly ts.Type[] {
    return (type.getBaseTypes() ?? []).flatMap((base) => [base, ...this.basesOf(base)]);
  }

  /** What a union or intersection is made of, `null` and `undefined` taken off. */
  partsOf(type: ts.Type): readonly ts.Type[] {
    const { checker } = this;
    const known = checker.getNonNullableType(type);
    if (known.flags & ts.TypeFlags.Conditional) return (checker.getBaseConstraintOfType(known) ?? known) === known ? [known] : this.partsOf(checker.getBaseConstraintOfType(known) ?? known);
    return known.isUnion() ? known.types : known.isIntersection() ? [known, ...known.types] : [known];
  }

  private instancesOf(symbol: ts.Symbol): ts.Type[] {
    const types: ts.Type[] = [];
    if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) types.push(this.checker.getDeclaredTypeOfSymbol(symbol));
    if (symbol.flags & ts.SymbolFlags.Value) for (const signature of this.checker.getTypeOfSymbol(symbol).getConstructSignatures()) types.push(signature.getReturnType());
    return [...new Set(types)];
  }

  private symbols(library: Named, module: string | undefined, names: readonly string[]): ts.Symbol[] {
    const declaring = (module === undefined ? library.modules : [module]).flatMap((name) => [name, `node:${name}`, ...(ALSO[name] ?? [])]);
    const found: (ts.Symbol | undefined)[] = declaring.map((name) => {
      const symbol = this.modules.get(name);
      return symbol === undefined ? undefined : this.exported(symbol, names);
    });
    if (module === undefined && library.global) found.push(this.walk(this.globalNamed(names[0] ?? ''), names.slice(1)));
    const exported = found.filter((symbol) => symbol !== undefined);
    return exported.length > 0 ? exported : declaring.flatMap((name) => this.unexported(name, names));
  }

  /** A class that the package does not export: it still is what types say declares a method. */
  private unexported(module: string, names: readonly string[]): ts.Symbol[] {
    const [name = '', ...rest] = names;
    if (rest.length > 0) return [];
    return this.program
      .getSourceFiles()
      .filter(({ fileName }) => fileName.includes(`/node_modules/${module}/`))
      .flatMap((source) => source.statements.filter(ts.isClassDeclaration))
      .filter((declaration) => declaration.name?.text === name)
      .flatMap((declaration) => (declaration.name && this.checker.getSymbolAtLocation(declaration.name)) ?? []);
  }

  private globalNamed(name: string): ts.Symbol | undefined {
    return this.checker.resolveName(name, this.source, ts.SymbolFlags.Value | ts.SymbolFlags.Type | ts.SymbolFlags.Namespace, false);
  }

  /** A name that a module exports; that of its default export counts as exported, since it is what declarations are called by. */
  private exported(module: ts.Symbol, names: readonly string[]): ts.Symbol | undefined {
    const [first = '', ...rest] = names;
    const main = this.target(module.exports?.get(ts.InternalSymbolName.ExportEquals) ?? module.exports?.get(ts.InternalSymbolName.Default));
    if (first === 'default') return this.walk(main, rest);
    const named = this.checker.getExportsOfModule(module).find((symbol) => symbol.name === first);
    const own = main !== undefined && main.flags & ts.SymbolFlags.Value ? this.checker.getTypeOfSymbol(main).getProperty(first) : undefined;
    return this.walk(this.target(named) ?? (main?.name === first ? main : own), rest);
  }

  private walk(symbol: ts.Symbol | undefined, names: readonly string[]): ts.Symbol | undefined {
    let at = this.target(symbol);
    for (const name of names) {
      if (at === undefined) return undefined;
      const exported = at.flags & ts.SymbolFlags.Namespace || at.flags & ts.SymbolFlags.Alias ? this.checker.getExportsOfModule(at).find((one) => one.name === name) : undefined;
      at = this.target(exported ?? (at.flags & ts.SymbolFlags.Value ? this.checker.getTypeOfSymbol(at).getProperty(name) : undefined));
    }
    return at;
  }

  private target(symbol: ts.Symbol | undefined): ts.Symbol | undefined {
    return symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }
}
