import type { Range } from '../findings';
import type { AdmittedVersions } from '../resources/disposableSince';

/**
 * What a fix does to the code. A fix is data: it is made when asked for and applied by whoever asked.
 * The first five put a scope around one resource, the others repair one mistake each.
 */
export const FIX_SHAPES = [
  'using',
  'stack',
  'adapter',
  'callback-scope',
  'try-finally',
  'own',
  'register',
  'hand-on',
  'manager',
  'annotate',
  'await',
  'return-await',
  'async-dispose',
  'using-kind',
  'guard-yield',
  'enter-all',
  'pipeline',
  'signal',
  'replace-release',
  'remove-release',
  'block-body',
  'rethrow',
  'clear',
  'match-removal',
  'in-callback',
] as const;

export type FixShape = (typeof FIX_SHAPES)[number];

/** Replaces a range of the file by a text; empty range: inserts, empty text: deletes. Offsets in UTF-16 units. */
export interface TextEdit extends Range {
  readonly text: string;
}

/** One way to repair a finding, or to wrap code in a scope. */
export interface Fix {
  readonly shape: FixShape;
  /** What a person picks, as an imperative: ``Release `client` by a stack: `await using` ``. */
  readonly title: string;
  /** May be applied without a look: docs/fixes.md says on which conditions. */
  readonly safe: boolean;
  /** Why it is not safe, in a sentence; absent for safe ones. */
  readonly caution?: string;
  /** In the order of the text, without overlap. */
  readonly edits: readonly TextEdit[];
  /** The code that it was worked out for. Of two fixes that share some, only one may be applied before asking again. */
  readonly within: Range;
  /** The edits import the runtime, which the file cannot reach yet: it has to be added first (see FixAbility). */
  readonly addsRuntime?: true;
}

/** The order in which a person wants to be offered what is right; `no-runtime` leaves out what would import the runtime. */
export const FIX_STYLES = ['using', 'defer', 'callback', 'try-finally', 'no-runtime'] as const;

export type FixStyle = (typeof FIX_STYLES)[number];

/** What the code of a file may use where it runs. Answered from the project; the engine reads no files. */
export interface FixAbility {
  /** `using` declarations compile here, or run as they are. */
  readonly using: boolean;
  /** `DisposableStack` and `AsyncDisposableStack` are globals here, for the compiler and when it runs. */
  readonly stacks: boolean;
  /** The versions that the code may run on: of Node (`engines`, or what is usual), and of packages whose version matters. */
  readonly versions: AdmittedVersions;
  /** The file's own module system, which decides how it imports. */
  readonly modules: 'esm' | 'cjs';
  /** TypeScript, so that types may be written. */
  readonly typescript: boolean;
  /** The specifier under which the runtime is imported from this file. */
  readonly runtime: {
    readonly specifier: string;
    /** It resolves from the file today. */
    readonly installed: boolean;
  };
  readonly style: FixStyle;
}

/** What "Wrap in Managed Scope" offers: one way or several, best first, or the reason why there is none. */
export type WrapResult = { readonly choices: readonly Fix[] } | { readonly refused: string };
