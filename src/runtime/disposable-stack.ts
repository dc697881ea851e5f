import type { Failure } from './protocol.js';
import { stackClass } from './stack-class.js';
import type { Releases, SyncStack } from './stack-class.js';
import { suppressing } from './suppressed-error.js';
import { disposeSymbol, disposerOf } from './symbols.js';

/** DisposeResources of the proposal, for releases that are not awaited. */
function disposeResources(take: () => Releases | undefined): void {
  const releases = take();
  let failure: Failure | undefined;
  for (let release; (release = releases?.pop()); ) {
    try {
      release();
    } catch (error) {
      failure = suppressing(error, failure);
    }
  }
  if (failure) throw failure.error;
}

/** The native DisposableStack where there is one, else a class by the specification's steps. */
export const DisposableStack: new () => SyncStack = /* @__PURE__ */ (() =>
  Reflect.get(globalThis, 'DisposableStack') ?? stackClass('DisposableStack', 'dispose', disposeSymbol, disposerOf, disposeResources))();
