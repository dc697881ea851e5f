// Realms to run tests in: the script's own, or a fresh one; either with the package's polyfill instead of the natives.
import vm from 'node:vm';

/** Evaluates a script and returns its value. */
export interface Realm {
  evaluate(code: string, name: string): unknown;
  readonly global: Record<string, unknown>;
}

const natives = ['DisposableStack', 'AsyncDisposableStack', 'SuppressedError'];

// What of the natives can be taken away. The two symbols cannot, where the engine has them: they are not configurable.
const removal = `${natives.map((name) => `delete globalThis.${name};`).join('')}
delete Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))[Symbol.dispose];
delete Object.getPrototypeOf(Object.getPrototypeOf((async function* () {}).prototype))[Symbol.asyncDispose];`;

/** Makes realms with the polyfill in place of the natives, and with what a host has to offer to tests (`$262`). */
export function realms(polyfill: string): { fresh: () => Realm; own: () => Realm } {
  const prepare = (realm: Realm): Realm => {
    realm.evaluate(removal, 'removal.js');
    const left = realm.evaluate(`${JSON.stringify(natives)}.filter((name) => name in globalThis).join()`, 'check.js');
    if (left !== '') throw new Error(`natives left: ${String(left)}`);
    realm.evaluate(polyfill, 'polyfill.js');
    realm.global.$262 = {
      global: realm.global,
      createRealm: () => fresh().global.$262,
      evalScript: (code: string) => realm.evaluate(code, 'evalScript.js'),
    };
    return realm;
  };
  const fresh = (): Realm => {
    const context = vm.createContext();
    const evaluate = (code: string, filename: string): unknown => vm.runInContext(code, context, { filename });
    return prepare({ evaluate, global: evaluate('globalThis', 'global.js') as Record<string, unknown> });
  };
  const own = (): Realm => {
    const evaluate = (code: string, filename: string): unknown => vm.runInThisContext(code, { filename });
    return prepare({ evaluate, global: globalThis as unknown as Record<string, unknown> });
  };
  return { fresh, own };
}
