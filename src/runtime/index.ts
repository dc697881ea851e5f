/**
 * Scopes that release what they acquire: Python's contextlib for a language that has `using`.
 *
 * @packageDocumentation
 */
export type {
  AnyDisposable,
  AnyManager,
  AsyncContextManager,
  Awaitable,
  ContextManager,
  Enterable,
  Failure,
  ReleaseOptions,
  ScopeOptions,
  SyncEnterable,
  Verdict,
} from './protocol.js';
export { asyncDisposeSymbol, disposeSymbol } from './symbols.js';
export { isSuppressedError, SuppressedError } from './suppressed-error.js';
export type { SuppressedErrorConstructor } from './suppressed-error.js';
export { DisposableStack } from './disposable-stack.js';
export { AsyncDisposableStack } from './async-disposable-stack.js';
export type { AsyncStack, SyncStack } from './stack-class.js';
export { contextManager } from './context-manager.js';
export { asyncContextManager } from './async-context-manager.js';
export { withManaged } from './with-managed.js';
export { withManagedSync } from './with-managed-sync.js';
export { wrap } from './wrap.js';
export { ExitStack } from './exit-stack.js';
export { AsyncExitStack } from './async-exit-stack.js';
export { scope } from './scope.js';
export { managed } from './managed.js';
export type { Managed } from './managed.js';
export { defer, deferAsync } from './defer.js';
export { closing, nullContext, suppress } from './small-managers.js';
export { gather, taskGroup } from './task-group.js';
export type { TaskGroup, TaskGroupOptions } from './task-group.js';
export { Mutex, Semaphore } from './semaphore.js';
export type { Permit } from './semaphore.js';
export { acquireWithTimeout } from './acquire-with-timeout.js';
