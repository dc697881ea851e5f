import { escapePattern, isCommon, ownerPattern, specifierPattern } from '../engine/resources/commonNames';
import { parseMemberRef } from '../engine/resources/memberRef';
import type { CodeRule } from '../engine/rules/code-rule';
import { MENTIONS_TAG } from '../engine/lifecycleTag';
import { CODE_RULES } from '../engine/rules/index';
import type { Acquire, LibraryModel, ResourceModel } from '../engine/resources/model';

/**
 * First words of names that acquire in most libraries. What no model knows (a project's own `openLedger`, a library's `createPool`)
 * can still be told by its type, if the file is looked at. `create` and `start` begin too many names to count alone.
 */
const ACQUIRING_VERBS = ['acquire', 'begin', 'borrow', 'checkout', 'connect', 'lease', 'listen', 'lock', 'mkdtemp', 'obtain', 'open', 'reserve', 'spawn', 'watch'];
const WEAK_VERBS = ['create', 'fork', 'get', 'make', 'start'];
/** What a name that begins with a weak verb must go on to say. */
const RESOURCE_NOUNS = [
  'Agent', 'Browser', 'Channel', 'Client', 'Connection', 'Consumer', 'Context', 'Cursor', 'Database', 'Db', 'Descriptor', 'Disposable', 'File', 'Handle', 'Interface', 'Lease', 'Lock', 'Mutex', 'Observer',
  'Page', 'Pool', 'Process', 'Producer', 'Reader', 'Runner', 'Scope', 'Server', 'Session', 'Socket', 'Span', 'Stream', 'Subscription', 'Temp', 'Tmp', 'Transaction', 'Watcher', 'Window', 'Worker', 'Writer',
];

/** What concerns the checks in itself: scopes, the symbols, comments that speak to this tool. */
const TELLING = [
  String.raw`\busing\s+[\w$]+\s*(?::[^=\n]{0,200})?=`,
  String.raw`\busing\s+[\w$]+\s+of\b`,
  String.raw`\bSymbol\.(?:dispose|asyncDispose)\b`,
  String.raw`\bmanaged-scope-\w`,
  MENTIONS_TAG,
];

export type Prefilter = (text: string) => boolean;

/**
 * A test whether a text could hold an acquire: does it call, or hand on, something that is named like one? Regular expressions over the
 * text, each linear in its length. It lets go what only a type could tell: a factory of another file with a name that says nothing.
 */
export function createPrefilter(models: readonly LibraryModel[], codeRules: readonly CodeRule[] = CODE_RULES): Prefilter {
  const names = namesOf(models);
  const direct = new RegExp(directPattern(names, codeRules));
  const { demanding } = names;
  const anyDemand = new RegExp(demanding.map(([demand]) => demand).join('|'), 'i');
  const pairs = demanding.map(([demand, called]) => ({ demand: new RegExp(demand, 'i'), called: called.has(ANY) ? undefined : new RegExp(calls(called)) }));
  return (text) => direct.test(text) || (anyDemand.test(text) && pairs.some(({ demand, called }) => demand.test(text) && (called?.test(text) ?? true)));
}

/** The sources of all regular expressions that the test puts to a text: each takes time in proportion to its length. */
export function prefilterPatterns(models: readonly LibraryModel[], codeRules: readonly CodeRule[] = CODE_RULES): string[] {
  const names = namesOf(models);
  return [directPattern(names, codeRules), ...names.demanding.flatMap(([demand, called]) => (called.has(ANY) ? [demand] : [demand, calls(called)]))];
}

function directPattern(names: NamesByDemand, codeRules: readonly CodeRule[]): string {
  return [calls(names.undemanding), verbCalls(), ...TELLING, ...codeRules.flatMap(({ mentions, passedAlready }) => (passedAlready ? [] : mentions.map(escapePattern)))].join('|');
}

function namesOf(models: readonly LibraryModel[]): NamesByDemand {
  const names = new NamesByDemand();
  for (const model of models) {
    for (const resource of model.resources) {
      for (const acquire of resource.acquires) names.add(demandOf(acquire, resource, model), calledName(acquire));
    }
  }
  return names;
}

/** The module itself is called, by whatever name it was imported. */
const ANY = 'default';

/** Names of acquires, by what else the text must say for them to count (a pattern; empty: nothing). */
class NamesByDemand {
  readonly #names = new Map<string, Set<string>>();

  add(demand: string, name: string): void {
    this.#names.set(demand, (this.#names.get(demand) ?? new Set()).add(name));
  }

  get undemanding(): ReadonlySet<string> {
    return this.#names.get('') ?? new Set();
  }

  get demanding(): [demand: string, names: ReadonlySet<string>][] {
    return [...this.#names].filter(([demand]) => demand !== '');
  }
}

function calledName({ call }: Acquire): string {
  const { path, method } = parseMemberRef(call);
  return method ?? path.at(-1) ?? ANY;
}

function demandOf(acquire: Acquire, resource: ResourceModel, model: LibraryModel): string {
  const matching = acquire.when?.find((predicate) => 'matches' in predicate);
  // `query('BEGIN')`: the text must say so somewhere; anywhere, since the statement may be in a constant.
  if (matching && 'matches' in matching) return matching.matches.replace(/^\^(?:\\s\*)?/, '\\b');
  // Nearly all timers are let run; those that are not are cleared by name.
  if (resource.family === 'timer') return String.raw`\bclear(?:Timeout|Interval|Immediate)\b`;
  const { kind } = parseMemberRef(acquire.call);
  if (model.global === true) return isCommon(acquire) ? ownerPattern(acquire) : '';
  return kind === 'method' && !isCommon(acquire) ? '' : specifierPattern(model);
}

/** A name counts where it is called, with type arguments or not, or handed on: `promisify(fs.open)`. */
function calls(names: ReadonlySet<string>): string {
  return String.raw`(?<![\w$])(?:${[...names].map(escapePattern).join('|')})\s*(?:\?\.\s*)?[(<` + '`),]';
}

/** Where a noun may stand anywhere in a name, the name is bounded: looking for each of its places to the end of a long one would not be linear. */
function verbCalls(): string {
  return String.raw`(?<![\w$])(?:(?:${ACQUIRING_VERBS.join('|')})(?:[A-Z_]\w*)?|(?:${WEAK_VERBS.join('|')})(?=[A-Z])\w{0,60}(?:${RESOURCE_NOUNS.join('|')})\w{0,60})\s*(?:\?\.\s*)?[(<` + '`]';
}
