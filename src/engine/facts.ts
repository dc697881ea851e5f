import type { LifecycleTag } from './lifecycleTag';

/**
 * The questions that the engine asks of whoever knows types, and the answers. Both are plain data: they can cross a process.
 * `undefined` is always a permitted answer and means "nobody knows"; the engine then decides by imports and names alone.
 */

/** Asks about a CallExpression, NewExpression or TaggedTemplateExpression, named by its range in the file's text. */
export interface CallQuery {
  readonly kind: 'call';
  readonly start: number;
  readonly end: number;
}

/** Asks for the type of an expression, named by its range. */
export interface TypeQuery {
  readonly kind: 'type';
  readonly start: number;
  readonly end: number;
}

/** Asks what the callee of a call, named by its range, does with what it is given. */
export interface LendingQuery {
  readonly kind: 'lending';
  readonly start: number;
  readonly end: number;
}

export type Query = CallQuery | TypeQuery | LendingQuery;

/** A declared thing, by what it is called and who declares it. Never a printed type. */
export interface SymbolRef {
  /** The declared name: `connect`, `Pool`, `open`. A constructor's is its class's. */
  readonly name: string;
  /** The class, interface or namespace that declares it, when there is one: `Pool` for `Pool.prototype.connect`. */
  readonly container?: string;
  /**
   * Who declares it: an npm package without `@types/` (`pg`, `@scope/name`), a Node module with its scheme (`node:fs/promises`),
   * `lib` for TypeScript's own library files (ECMAScript and DOM), `vscode`, or absent for the project's own sources.
   */
  readonly package?: string;
}

/** What is known of a value's type, promises awaited. */
export interface TypeRef {
  /** The type's symbol; absent for anonymous types and unions that don't agree. `null` and `undefined` are taken off unions first. */
  readonly symbol?: SymbolRef;
  /** Base classes and interfaces, nearest first, at most eight. */
  readonly bases: readonly SymbolRef[];
  /** `any`, `unknown`, or an error type: nothing is known. */
  readonly opaque: boolean;
  /** string, number, boolean, bigint, symbol, null, undefined, void, enum, literal, or a union of those. */
  readonly primitive: boolean;
  /** `void` or `undefined`: there is nothing to use. Absent: no. */
  readonly nothing?: true;
  /** A value of this type can be called. */
  readonly callable: boolean;
  /** Has a `Symbol.dispose` member. */
  readonly dispose: boolean;
  /** Has a `Symbol.asyncDispose` member. */
  readonly asyncDispose: boolean;
  /** Those of `RELEASE_MEMBERS` that the type has as methods. */
  readonly members: readonly string[];
  /** Those of `END_MEMBERS` whose code is in the project and releases something itself. Absent: none, or nobody can tell. */
  readonly ends?: readonly string[];
}

/** The member names whose presence on a type the engine cares about. */
export const RELEASE_MEMBERS = ['close', 'dispose', 'release', 'destroy', 'end', 'disconnect', 'terminate', 'kill', 'stop', 'unsubscribe', 'cancel', 'quit', 'abort', 'cleanup', 'exit', 'removeCallback'] as const;

/** By these names too a class of the project may end what it holds; `ends` looks at them as well. */
export const END_MEMBERS = [...RELEASE_MEMBERS, 'teardown', 'tearDown', 'shutdown', 'shutDown', 'cleanUp'] as const;

export interface CallFact {
  readonly kind: 'call';
  /** The resolved signature's declaration; absent when the callee's type is opaque. */
  readonly callee?: SymbolRef;
  /** The type of `x` in `x.f()`, not awaited: of a promise's `then` it is the promise. Absent for a plain call. */
  readonly receiver?: TypeRef;
  /** What the call gives, promises awaited. */
  readonly result: TypeRef;
  /** The call gives a promise (any thenable) of `result`. */
  readonly promise: boolean;
  /** The return type is `never`. */
  readonly never: boolean;
  /** The return type is `this`, or the receiver's own symbol: the result is the receiver again. */
  readonly fluent: boolean;
  /** The types that the signature declares for its parameters, in order; a rest parameter gives its element type, last. */
  readonly parameters: readonly TypeRef[];
  /** What the declaration's JSDoc says of ownership. Absent: nothing. */
  readonly tags?: readonly LifecycleTag[];
}

export interface TypeFact {
  readonly kind: 'type';
  readonly type: TypeRef;
  /** The expression itself is a promise (any thenable) of `type`. */
  readonly promise: boolean;
}

export interface LendingFact {
  readonly kind: 'lending';
  /** The arguments, by index, that the callee only works with: its code is in the project, and neither ends them nor lets anybody else have them. */
  readonly lent: readonly number[];
}

export type Fact = CallFact | TypeFact | LendingFact;

/** The answers to one batch, in the order of its queries. */
export type Answers = readonly (Fact | undefined)[];
