// The two symbols, and the look-up of what an object carries under them.

declare global {
  // What `lib: esnext.disposable` declares, member by member the same, so that the two merge where both are present.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
    readonly asyncDispose: unique symbol;
  }
  interface Disposable {
    [Symbol.dispose](): void;
  }
  interface AsyncDisposable {
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
  // For a consumer with neither `lib: dom` nor @types/node; merges with both.
  interface AbortSignal {
    readonly aborted: boolean;
  }
}

type Name = 'dispose' | 'asyncDispose';

// Node 18.18 to 23 registers `nodejs.*` and its own objects carry that key, also in realms (Jest 29) that lack the
// symbols. Everyone else who has to invent a key (esbuild, Babel, core-js-pure) registers `Symbol.*`.
const registered = (name: Name, owner = 'Symbol'): symbol => Symbol.for(`${owner}.${name}`);
const oldNode = (): boolean => parseInt(globalThis.process?.versions?.node) < 24;
const symbolOf = (name: Name): symbol => Symbol[name] ?? registered(name, oldNode() ? 'nodejs' : undefined);

/**
 * `Symbol.dispose` where there is one, else the key that this place's objects carry: `Symbol.for('nodejs.dispose')` on
 * Node before 24, `Symbol.for('Symbol.dispose')` anywhere else.
 */
export const disposeSymbol: typeof Symbol.dispose = /* @__PURE__ */ symbolOf('dispose') as typeof Symbol.dispose;

/** `Symbol.asyncDispose`, by the same rule as {@link disposeSymbol}. */
export const asyncDisposeSymbol: typeof Symbol.asyncDispose = /* @__PURE__ */ symbolOf('asyncDispose') as typeof Symbol.asyncDispose;

/** Every key that an object may carry for one meaning, each once: a look-up can be observed. */
const keysOf = (name: Name): Set<symbol> => new Set([Symbol[name] ?? registered(name), registered(name, 'nodejs'), registered(name)]);
const syncKeys = /* @__PURE__ */ keysOf('dispose');
const asyncKeys = /* @__PURE__ */ keysOf('asyncDispose');

/** GetMethod of ECMA-262 over all keys of one meaning: null and undefined are absent, what cannot be called is an error. */
function methodOf(value: AnyObject, keys: Set<symbol>): (() => unknown) | undefined {
  for (const key of keys) {
    const method = value[key];
    if (method !== undefined && method !== null) return callable(method);
  }
  return undefined;
}

/** The releases of a stack, to add to or to move; there are none once it is disposed. @throws ReferenceError then. */
export function live<T>(releases: T[] | undefined): T[] {
  if (releases) return releases;
  throw new ReferenceError('The stack is disposed');
}

/**
 * OrdinaryCreateFromConstructor: where the prototype of new.target is no object, the default is that of the constructor;
 * the language gave the object that of the base.
 */
export function fallBack(made: object, target: { prototype: unknown }, prototype: object): void {
  if (!isObject(target.prototype)) Object.setPrototypeOf(made, prototype);
}

/** The argument, when it can be called. @throws TypeError otherwise. */
export function callable<T>(value: T): T & (() => unknown) {
  if (isCallable(value)) return value;
  throw new TypeError('not a function');
}

export function isCallable<T>(value: T): value is T & (() => unknown) {
  return typeof value === 'function';
}

/** Any property of any object may be asked for. */
export type AnyObject = Readonly<Record<PropertyKey, unknown>>;
export const isObject = (value: unknown): value is AnyObject => Object(value) === value;

/** The synchronous release of a value. @throws TypeError when it has none. */
export function disposerOf(value: unknown): () => unknown {
  const method = isObject(value) && methodOf(value, syncKeys);
  if (!method) throw new TypeError('not disposable');
  return () => method.call(value);
}

/**
 * The release of a value as `await using` finds it (GetDisposeMethod of the proposal): the asynchronous one first. The
 * result of a synchronous one is not awaited, and its throw becomes a rejection.
 *
 * @throws TypeError when it has neither.
 */
export function asyncDisposerOf(value: unknown): () => unknown {
  const method = isObject(value) && methodOf(value, asyncKeys);
  if (method) return () => method.call(value);
  const dispose = disposerOf(value);
  return async () => void dispose();
}
