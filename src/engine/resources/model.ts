import type { Tier } from '../findings';

/** What we know of libraries, as data. A file per library or platform area lies beside this one; `index.ts` collects them. */

/** What severities are configured by, beside rule and tier. */
export type Family =
  | 'file'
  | 'stream'
  | 'connection'
  | 'transaction'
  | 'lock'
  | 'pool'
  | 'socket'
  | 'server'
  | 'process'
  | 'worker'
  | 'timer'
  | 'watcher'
  | 'temporary'
  | 'listener'
  | 'disposable';

/**
 * Names a callable of a library, relative to its modules:
 * `open` (an export), `promises.open` (a member of an exported namespace object), `new Pool` (a constructor),
 * `Pool#connect` (a method of instances), `default` (the module itself or its default export is called), `new default`.
 * A module before a colon narrows it to that module: `fs-extra:open`, `rimraf:rimraf` (which may be another library's).
 * `parseMemberRef` takes one apart.
 */
export type MemberRef = string;

interface PredicateBase {
  /** From 0; negative counts from the end, as in `at()`: -1 is the last argument. */
  readonly argument: number;
  /** What the predicate is when syntax can't decide it; not turned round by `not`. Default: it does not hold. */
  readonly otherwise?: boolean;
  /** Turns round what was decided. */
  readonly not?: true;
}

/** A condition on a call's arguments, decided on syntax. */
export type Predicate = PredicateBase &
  (
    /** The argument is there / is not there / is a function expression (a spread decides nothing; a name decides nothing about `function`). */
    | { readonly is: 'present' | 'absent' | 'function' }
    /** The argument is a string (or a template's head, or an object's `text`/`sql`) that matches the pattern, without regard to case. */
    | { readonly matches: string }
    /**
     * The argument is an object literal with this option set to this literal; `equals: undefined` means that it is not set. An
     * option with a value that is no literal is set, to what can't be decided. A missing argument, or one that is plainly no object, sets nothing.
     */
    | { readonly option: string; readonly equals: string | number | boolean | undefined }
  );

/** Where the resource is once the acquire has completed. */
export type Holder =
  /** The call's (awaited) result. */
  | { readonly in: 'result' }
  /** A member of the result: `const { release } = await acquire()`; array results are indexed by number as a string. */
  | { readonly in: 'member'; readonly name: string }
  /** The receiver itself: `queryRunner.startTransaction()`, `semaphore.acquire()`. Where the receiver has no name, what a fluent acquire gives. */
  | { readonly in: 'receiver' }
  /** An argument: `lock(file)`. */
  | { readonly in: 'argument'; readonly index: number }
  /** A parameter of the callback that is the call's last function argument; `error` is the callback's error parameter, if any. */
  | { readonly in: 'callback'; readonly parameter: number; readonly error?: number }
  /** No value stands for it: it is a section of the program, from the acquire to a release by function (`inspector.open()`, `inspector.close()`). */
  | { readonly in: 'nothing' };

export interface Acquire {
  readonly call: MemberRef;
  /** The call gives a promise of the resource. */
  readonly async?: boolean;
  /** Default: `{ in: 'result' }`. */
  readonly holder?: Holder;
  readonly when?: readonly Predicate[];
  /** Overrides the resource's lifetime for this way of acquiring, e.g. a stream with `autoClose: false`. */
  readonly lifetime?: Lifetime;
  /**
   * Where neither types nor imports tell: a pattern (case-insensitive) for the receiver's last name, such as `pool$`,
   * under which a call of this method name is taken for this acquire, one tier lower. Absent: never guessed.
   */
  readonly guess?: string;
}

/** A way of releasing. Exactly one of `method`, `function`, `call`, `parameter`, `each`. */
export interface Release {
  /** `x.close()` on the resource (or on the receiver, for a receiver-held resource). */
  readonly method?: string;
  /**
   * The method is the acquire's receiver's, not the resource's: `mutex.release()` for what `mutex.acquire()` gave. With
   * `argument` the resource is handed back: `pool.releaseConnection(connection)`.
   */
  readonly on?: 'receiver';
  /** `closeSync(x)`: a function of the library (or of another module: `module:function`, as in `fs:rmSync`). */
  readonly function?: MemberRef;
  /** Which argument is the resource. Default 0 for `function`, none for `method`. */
  readonly argument?: number;
  /** The argument is this member of the resource: `rmSync(dir.name)`. */
  readonly member?: string;
  /** The argument is not the resource but what the acquire was given as its argument of this number: `lock(file)`, `unlock(file)`. */
  readonly key?: number;
  /** The resource is a function, and calling it releases. */
  readonly call?: true;
  /** Calling this parameter of the acquire's callback releases: 2 in `pool.connect((error, client, done) => ...)`. */
  readonly parameter?: number;
  /** `stream.getTracks().forEach((track) => track.stop())`: a method of each element of what another method of the resource gives. */
  readonly each?: { readonly of: string; readonly method: string };
  /** The release is complete only when its promise is. */
  readonly async?: boolean;
  /** It meets the obligation and is no sign that this code has one: closing a browser closes its pages. */
  readonly incidental?: true;
  readonly when?: readonly Predicate[];
}

/**
 * How long the resource is meant to live, which decides what `never released` means:
 * `scoped`: its acquirer must release it, on every path;
 * `self`: it ends by itself in ordinary use (a stream read to its end, a child that exits, a one-shot timer), so only what
 *   is released on some path and not on others, or is plainly dropped unused, is a leak;
 * `process`: commonly kept until the process ends (servers, pools, workers, watchers), or called for its effect alone
 *   (`setTimeout(f, 10)`, `http.get(url, f)`): as `self`, and never a leak when never released.
 * `moment`: over soon whatever happens (a timeout, an immediate): nothing is owed.
 */
export type Lifetime = 'scoped' | 'self' | 'process' | 'moment';

export interface ResourceModel {
  /** `library.Type`, unique. */
  readonly id: string;
  /** In words, for messages: `pool client`. */
  readonly noun: string;
  readonly family: Family;
  readonly lifetime: Lifetime;
  /** Type names (classes, interfaces) of the resource in the library's declarations; dotted when a namespace declares them. */
  readonly types?: readonly string[];
  /** What the value is; default `object`. A `path` is a string: passing it on hands nothing over. `number`: a descriptor. */
  readonly value?: 'object' | 'number' | 'path' | 'function';
  readonly acquires: readonly Acquire[];
  /** Empty only for what is released by its dispose symbol alone. */
  readonly releases: readonly Release[];
  /** Methods that are mistaken for the release, with the reason. */
  readonly wrong?: readonly { readonly method: string; readonly instead: string; readonly because: string }[];
  /** Methods of the resource after which it sees to its own end (`pipe`, `resume`, `unref`). */
  readonly settles?: readonly string[];
  /** Methods of the resource by which it comes to hold anything: before the first of them nothing is owed. Absent: it holds from the acquire on. */
  readonly holds?: readonly string[];
  /** `for await` (or `for`) over the resource releases it, however the loop is left. */
  readonly iterated?: 'releases';
  /**
   * It has ended by itself once all that it gives was taken, and not before: by a `for await` to its end (`loop`), or by a loop that
   * goes on as long as this method says that there is more (`asked`).
   */
  readonly walked?: { readonly loop?: true; readonly asked?: string };
  /** Whoever throws the result away means it to be held for good: a reader that is taken to lock its stream. */
  readonly dropped?: 'deliberately';
  /** A function of the library that has the process see to it at its end: a file that calls it owes nothing before. */
  readonly untilExit?: string;
  /** Nothing is held any more once a call of `method` gave a result with `flag` true: a reader that was read to the end. */
  readonly drained?: { readonly method: string; readonly flag: string };
  /** Methods of the resource that give the resource again, at once or by a promise, beyond the emitter methods that every model has. */
  readonly fluent?: readonly string[];
  /**
   * Methods and members that give what is of no use without the resource and leads back to it, and by which of its members: a page
   * is the browser's, and gives it again. Whoever gets the one has the other.
   */
  readonly leadsBack?: { readonly from: readonly string[]; readonly by: readonly string[] };
  /** Sets of events of the resource of which one set always comes: `[['close'], ['end', 'error']]`. */
  readonly outcomes?: readonly (readonly string[])[];
  /** Events after which the resource is already released by itself: `close`, `exit`. */
  readonly ended?: readonly string[];
  /**
   * Which dispose symbol instances carry, and the first versions that have it, by release line:
   * `node 18.18.0, 20.4.0`. Where a model says so or is silent, declarations that claim more are wrong; mysql2's alone depend on the type.
   */
  readonly disposable?: { readonly symbol: 'dispose' | 'asyncDispose' | 'both'; readonly since: string };
  /** The most that a finding about it may be, where less is at stake or more is guessed than the rule knows. */
  readonly atMost?: Exclude<Tier, 'definite'>;
  /** The way most people should write it, when it beats a scope: `mutex.runExclusive(...)`. For messages and docs. */
  readonly prefer?: string;
}

/** What calling a function of the library does to a resource that it is given. Of several that fit a call and an argument the first counts. */
export interface CallEffect {
  readonly call: MemberRef;
  /** Which argument the resource is (or lies in, with `option`); `any`: whichever; `receiver`: what the method is called on. */
  readonly argument: number | 'any' | 'receiver';
  /** The resource is this property of an object literal there: `createReadStream(null, { fd })`. */
  readonly option?: string;
  /** `transfer`: the callee owns it now; `borrow`: it only uses it; `release`: it is released; `alias`: the result stands for it. */
  readonly effect: 'transfer' | 'borrow' | 'release' | 'alias';
  readonly when?: readonly Predicate[];
}

export interface LibraryModel {
  /** npm package or platform area, as lists show it. */
  readonly library: string;
  /** Module specifiers that give it, without `node:` for Node's own (both spellings are understood). Empty for globals. */
  readonly modules: readonly string[];
  /** Modules that give a namespace of the library: `{ 'fs/promises': 'promises' }`, so that its `open` is `promises.open`. */
  readonly submodules?: Readonly<Record<string, MemberRef>>;
  /** Also there without an import (`setInterval`, `WebSocket`). */
  readonly global?: boolean;
  readonly resources: readonly ResourceModel[];
  readonly effects?: readonly CallEffect[];
  /** Callables that never throw: what goes wrong in them comes to a callback or an event, or is nobody's concern. */
  readonly quiet?: readonly MemberRef[];
  /** What functions, methods and properties give, where it matters for recognising receivers without types: `Pool#connect` -> `PoolClient`. */
  readonly returns?: Readonly<Record<MemberRef, string>>;
}
