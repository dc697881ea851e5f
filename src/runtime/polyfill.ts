// Import this entry for its effect: it adds to the globals what they lack, and touches nothing that is there.
import { AsyncDisposableStack } from './async-disposable-stack.js';
import { DisposableStack } from './disposable-stack.js';
import { SuppressedError } from './suppressed-error.js';
import { asyncDisposeSymbol, callable, disposeSymbol } from './symbols.js';

/** Defines a property unless there is one; hidden, as built-ins are. */
function install(target: object, key: PropertyKey, value: unknown, fixed = false): void {
  if (!Object.hasOwn(target, key)) Object.defineProperty(target, key, { value, writable: !fixed, configurable: !fixed });
}

install(Symbol, 'dispose', disposeSymbol, true);
install(Symbol, 'asyncDispose', asyncDisposeSymbol, true);
install(globalThis, 'SuppressedError', SuppressedError);
install(globalThis, 'DisposableStack', DisposableStack);
install(globalThis, 'AsyncDisposableStack', AsyncDisposableStack);

/** The `return` of an iterator, by GetMethod. */
function finisher(iterator: object): (() => unknown) | undefined {
  const method: unknown = Reflect.get(iterator, 'return');
  return method === undefined || method === null ? undefined : callable(method);
}

// %IteratorPrototype% [ %Symbol.dispose% ] ( ) and %AsyncIteratorPrototype% [ %Symbol.asyncDispose% ] ( ). Written as
// methods of an object, since their names, their length and that they are no constructors are specified too.
const methods = {
  [disposeSymbol](this: object): void {
    finisher(this)?.call(this);
  },
  async [asyncDisposeSymbol](this: object): Promise<void> {
    await finisher(this)?.call(this);
  },
};
for (const [owner, key, name] of [
  [Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), disposeSymbol, 'dispose'],
  [Object.getPrototypeOf(Object.getPrototypeOf((async function* () { yield undefined; }).prototype)), asyncDisposeSymbol, 'asyncDispose'],
] as const) {
  // By default the name would be the description of the symbol, which is another one where the symbol is no native.
  install(owner, key, Object.defineProperty(methods[key], 'name', { value: `[Symbol.${name}]` }));
}
