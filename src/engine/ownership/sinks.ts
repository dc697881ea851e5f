/** Methods whose name says that they keep what they are given, on whatever receiver: collections, stores, stacks, registries. */
export const KEEPING_METHODS: ReadonlySet<string> = new Set([
  ...['push', 'unshift', 'add', 'set', 'append', 'enqueue', 'insert', 'splice', 'concat', 'store', 'save', 'put', 'track', 'attach'],
  ...['use', 'adopt', 'defer', 'enterContext', 'enter', 'enterAll', 'register', '_register', 'manage', 'own', 'addDisposable', 'registerDisposable', 'addDestroyable'],
  ...['pipe', 'pipeTo', 'pipeThrough', 'onCleanup', 'onDispose', 'onDestroy', 'onTestFinished', 'addFinalizer', 'addTeardown', 'teardown', 'after', 'defineProperty'],
]);

/** Names of functions that are commonly handed in and take what they are given: continuations of promises and callbacks. */
export const CONTINUATIONS: ReadonlySet<string> = new Set(['resolve', 'fulfill', 'accept', 'done', 'cb', 'callback', 'next', 'res', 'ok', 'settle', 'resolvePromise']);

/** Methods of an emitter, stream or timer that give the receiver again, in every library that follows Node's conventions. */
export const FLUENT_METHODS: ReadonlySet<string> = new Set([
  ...['on', 'once', 'off', 'addListener', 'removeListener', 'prependListener', 'prependOnceListener', 'removeAllListeners', 'setMaxListeners'],
  ...['ref', 'unref', 'setEncoding', 'setTimeout', 'setKeepAlive', 'setNoDelay', 'cork', 'listen'],
]);

/** Methods of a promise that give a promise of the same value (or of what a handler makes in its place). */
export const PROMISE_PASSING: ReadonlySet<string> = new Set(['catch', 'finally']);
