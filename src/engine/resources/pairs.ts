import type { Family, ResourceModel } from './model';

/** Two methods of one object that belong together, by their names: what the first begins the second ends. */
interface Pair {
  readonly begin: string;
  readonly end: readonly string[];
  readonly family: Family;
  readonly noun: string;
  /** The verbs alone are a pair; others must go on with the same words: `openSettings` with `closeSettings`. */
  readonly bare?: true;
}

const PAIRS: readonly Pair[] = [
  { begin: 'acquire', end: ['release'], family: 'lock', noun: 'lock', bare: true },
  { begin: 'lock', end: ['unlock'], family: 'lock', noun: 'lock', bare: true },
  { begin: 'launch', end: ['close', 'stop', 'shutdown'], family: 'process', noun: 'launched process' },
  { begin: 'open', end: ['close'], family: 'disposable', noun: 'opened resource' },
  { begin: 'connect', end: ['disconnect', 'close'], family: 'connection', noun: 'connection' },
  { begin: 'start', end: ['end', 'stop'], family: 'disposable', noun: 'started section' },
  { begin: 'begin', end: ['end', 'finish'], family: 'disposable', noun: 'begun section' },
  { begin: 'enter', end: ['exit', 'leave'], family: 'disposable', noun: 'entered section' },
  { begin: 'suspend', end: ['resume'], family: 'disposable', noun: 'suspension' },
  { begin: 'pause', end: ['resume', 'unpause'], family: 'disposable', noun: 'pause' },
  { begin: 'mount', end: ['unmount', 'umount'], family: 'disposable', noun: 'mount' },
];

/** Sections that end by themselves, or that nobody misses the end of. */
const HARMLESS_SECTIONS = /timer|timeout|timing|loading|spinner|progress|animation|measure|polling|interval|time$|clock|profil/i;

/** What a call of this name begins, and the names that end it; undefined for names that begin nothing. */
export function pairOf(name: string): { readonly resource: ResourceModel; readonly ends: readonly string[] } | undefined {
  for (const { begin, end, family, noun, bare } of PAIRS) {
    if (!name.startsWith(begin)) continue;
    const rest = name.slice(begin.length);
    if (rest === '' ? bare === undefined : !/^[A-Z_]/.test(rest) || HARMLESS_SECTIONS.test(rest)) continue;
    const ends = end.map((verb) => verb + rest);
    return { ends, resource: { id: `pair.${name}`, noun, family, lifetime: 'scoped', acquires: [], releases: ends.map((method) => ({ method, on: 'receiver' })) } };
  }
  return undefined;
}

/** Functions whose name says that they make a temporary directory and give its path. */
export const TEMPORARY_DIRECTORY_MAKER = /^_?(create|make|mk)[_-]?(unique)?(temp|tmp|temporary)\w*(dir|directory|folder)(Sync|Async)?$|^mkdtemp(Sync|Async)?$/i;
