/**
 * What names say of ownership where nothing better is known. All words are lower case; a function's name is taken apart at its humps:
 * `openConnection` is `open` `connection`, `getSharedPool` is `get` `shared` `pool`.
 */

/** First words of functions that make something new for their caller, who owns it. */
export const ACQUIRING_VERBS: readonly string[] = [
  ...['create', 'open', 'connect', 'acquire', 'start', 'make', 'new', 'spawn', 'listen', 'begin', 'fork', 'launch', 'lock', 'subscribe', 'watch'],
  ...['allocate', 'alloc', 'checkout', 'claim', 'reserve', 'lease', 'obtain', 'build', 'establish', 'dial', 'bind', 'serve', 'duplicate', 'clone', 'mount', 'attach', 'init', 'initialize', 'setup'],
];

/** First words of functions that give what somebody else owns. */
export const BORROWING_VERBS: readonly string[] = [
  ...['get', 'find', 'use', 'lookup', 'resolve', 'peek', 'current', 'fetch', 'read', 'load', 'select', 'pick', 'first', 'last', 'to', 'as', 'with', 'ensure', 'require', 'inject', 'provide', 'access', 'borrow'],
  ...['is', 'has', 'can', 'should', 'assert', 'check'],
];

/** Words that say so anywhere in a name, whatever the verb. */
export const BORROWING_WORDS: readonly string[] = ['shared', 'default', 'instance', 'singleton', 'cached', 'cache', 'current', 'global', 'existing', 'common', 'memoized', 'borrowed'];

/** First words of functions that release what they are given, or what they belong to. */
export const RELEASING_VERBS: readonly string[] = [
  ...['close', 'dispose', 'release', 'destroy', 'end', 'stop', 'cleanup', 'clean', 'teardown', 'tear', 'shutdown', 'shut', 'terminate', 'free', 'disconnect', 'unsubscribe', 'unlock'],
  ...['clear', 'remove', 'delete', 'kill', 'abort', 'cancel', 'quit', 'detach', 'unwatch', 'unlisten', 'unregister', 'rollback', 'commit', 'finish', 'finalize', 'drain', 'rm', 'rmdir', 'rimraf', 'unlink', 'purge', 'wipe'],
];

const acquiring = new Set(ACQUIRING_VERBS);
const borrowing = new Set(BORROWING_VERBS);
const borrowingWords = new Set(BORROWING_WORDS);
const releasing = new Set(RELEASING_VERBS);

/** The words of an identifier, in lower case: humps, underscores and digits part them. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** What a function's name says of what it gives; `undefined`: nothing. */
export function ownershipByName(name: string): 'owned' | 'borrowed' | undefined {
  const words = wordsOf(name);
  const [verb = ''] = words;
  if (words.some((word) => borrowingWords.has(word)) || borrowing.has(verb)) return 'borrowed';
  return acquiring.has(verb) ? 'owned' : undefined;
}

/** The function's name says that it releases. */
export function releasesByName(name: string): boolean {
  const [first = '', second = ''] = wordsOf(name);
  return releasing.has(first) || (/^(safe|safely|try|maybe|quietly)$/.test(first) && releasing.has(second));
}

/** The method's name says that it ends what it is called on, or takes something off it: `off`, `unsubscribe`, `unlisten`. */
export function endsByName(method: string): boolean {
  return releasesByName(method) || /^(un\w+|off)$/.test(method);
}
