/** Functions of one module that only use what they are given. */
export interface Borrowers {
  /** A module specifier without `node:`, or `global`. */
  readonly module: string;
  /** As `MemberRef`s; `.*` at the end means every member. */
  readonly members: readonly string[];
}

/** Well-known functions that look at their arguments, keep none of them and release none of them. */
export const BORROWERS: readonly Borrowers[] = [
  { module: 'global', members: ['console.*', 'JSON.stringify', 'String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'isNaN', 'isFinite', 'parseInt', 'parseFloat', 'Math.*'] },
  { module: 'global', members: ['Object.keys', 'Object.getPrototypeOf', 'Object.getOwnPropertyNames', 'Object.getOwnPropertyDescriptor', 'Object.getOwnPropertyDescriptors', 'Object.getOwnPropertySymbols'] },
  { module: 'global', members: ['Object.is', 'Object.isFrozen', 'Object.isSealed', 'Object.hasOwn', 'Array.isArray', 'Number.isInteger', 'Number.isFinite', 'Number.isNaN', 'Number.isSafeInteger'] },
  { module: 'global', members: ['Reflect.has', 'Reflect.get', 'Reflect.ownKeys', 'Reflect.getPrototypeOf', 'Buffer.from', 'Buffer.isBuffer', 'Buffer.byteLength', 'Buffer.concat', 'ArrayBuffer.isView'] },
  { module: 'global', members: ['encodeURIComponent', 'encodeURI', 'decodeURIComponent', 'decodeURI', 'structuredClone', 'Date.parse', 'process.stdout.write', 'process.stderr.write'] },
  { module: 'global', members: ['expect', 'assert', 'new WeakRef', 'new Error', 'new TypeError', 'new RangeError', 'new URL', 'new Date', 'new RegExp', 'new Uint8Array', 'new DataView'] },
  { module: 'assert', members: ['default', 'default.*', 'ok', 'equal', 'notEqual', 'strictEqual', 'notStrictEqual', 'deepEqual', 'deepStrictEqual', 'notDeepEqual', 'notDeepStrictEqual', 'match', 'doesNotMatch', 'strict', 'strict.*'] },
  { module: 'util', members: ['inspect', 'format', 'isDeepStrictEqual', 'types.*', 'stripVTControlCharacters', 'isArray'] },
  { module: 'path', members: ['default.*', 'join', 'resolve', 'dirname', 'basename', 'extname', 'relative', 'normalize', 'isAbsolute', 'parse', 'format', 'posix.*', 'win32.*', 'toNamespacedPath'] },
  { module: 'url', members: ['pathToFileURL', 'fileURLToPath', 'format', 'parse'] },
  { module: 'buffer', members: ['Buffer.from', 'Buffer.isBuffer', 'Buffer.byteLength', 'Buffer.concat'] },
  { module: 'stream', members: ['isReadable', 'isErrored'] },
  { module: 'events', members: ['once', 'getEventListeners', 'getMaxListeners', 'setMaxListeners', 'listenerCount'] },
  { module: 'vitest', members: ['expect', 'expect.*', 'assert', 'assert.*', 'expectTypeOf'] },
  { module: '@jest/globals', members: ['expect', 'expect.*'] },
  { module: 'chai', members: ['expect', 'assert', 'assert.*'] },
];

/** Functions that give their (first) argument back, so that the result stands for it. */
export const PASS_THROUGH: readonly Borrowers[] = [
  { module: 'global', members: ['Object.freeze', 'Object.seal', 'Object.preventExtensions', 'Object.assign', 'Object.defineProperty', 'Object.defineProperties', 'Object.setPrototypeOf', 'Object', 'Promise.resolve'] },
];

/** Receivers whose methods of these names only write down what they are given, whoever made them. Both without regard to case. */
const LOGGERS = {
  receiver: '^_?(console|log|logger|winston|pino|debug)$|(log|logger)$',
  method: '^(log|info|warn|warning|error|debug|trace|verbose|silly|fatal|notice|http|child)$',
} as const;

/** The members by module, with those of a namespace under the namespace's name and a star. */
const index = (lists: readonly Borrowers[]): ReadonlySet<string> => new Set(lists.flatMap(({ module, members }) => members.map((member) => `${module}:${member}`)));
const borrowers = index(BORROWERS);
const passThrough = index(PASS_THROUGH);
const loggerReceiver = new RegExp(LOGGERS.receiver, 'i');
const loggerMethod = new RegExp(LOGGERS.method, 'i');

const has = (set: ReadonlySet<string>, module: string, member: string): boolean => {
  const namespace = member.slice(0, member.lastIndexOf('.') + 1);
  return set.has(`${module}:${member}`) || (namespace !== '' && set.has(`${module}:${namespace}*`));
};

/** The function (named as by `MemberRef`, its module without `node:`) borrows all that it is given. */
export function isBorrower(module: string, member: string): boolean {
  return has(borrowers, module, member);
}

/** The function gives its first argument back. */
export function passesThrough(module: string, member: string): boolean {
  return has(passThrough, module, member);
}

/** `logger.warn(...)`, by its names alone. */
export function isLogging(receiver: string, method: string): boolean {
  return loggerReceiver.test(receiver) && loggerMethod.test(method);
}
