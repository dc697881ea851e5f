import type { Failure } from './protocol.js';
import { nothing, stackClass } from './stack-class.js';
import type { AsyncStack, Releases } from './stack-class.js';
import { suppressing } from './suppressed-error.js';
import { asyncDisposeSymbol, asyncDisposerOf } from './symbols.js';

/** DisposeResources of the proposal, for releases that are awaited, with its count of awaits. */
async function disposeResourcesAsync(take: () => Releases | undefined): Promise<void> {
  const releases = take();
  let failure: Failure | undefined;
  let needsAwait = false;
  let hasAwaited = false;
  for (let release; (release = releases?.pop()); ) {
    if (release === nothing) {
      needsAwait = true;
      continue;
    }
    try {
      const result = release();
      hasAwaited = true;
      await result;
    } catch (error) {
      failure = suppressing(error, failure);
    }
  }
  if (needsAwait && !hasAwaited) await undefined;
  if (failure) throw failure.error;
}

/** The native AsyncDisposableStack where there is one, else a class by the specification's steps. */
export const AsyncDisposableStack: new () => AsyncStack = /* @__PURE__ */ (() =>
  Reflect.get(globalThis, 'AsyncDisposableStack') ??
  stackClass('AsyncDisposableStack', 'disposeAsync', asyncDisposeSymbol, asyncDisposerOf, disposeResourcesAsync))();
