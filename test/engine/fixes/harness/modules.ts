import type { World } from './world';

type Method = (...given: readonly unknown[]) => unknown;

/** How a fake resource behaves. */
interface Kind {
  readonly name: string;
  readonly releases: readonly string[];
  /** Its methods give promises. */
  readonly async: boolean;
  /** Its releases do too. */
  readonly asyncRelease: boolean;
  readonly symbol?: 'dispose' | 'asyncDispose';
}

const FILE: Kind = { name: 'file', releases: ['close'], async: true, asyncRelease: true, symbol: 'asyncDispose' };
const DIRECTORY: Kind = { name: 'directory', releases: ['close'], async: true, asyncRelease: true };
const CLIENT: Kind = { name: 'client', releases: ['release'], async: true, asyncRelease: false };
const CONNECTION: Kind = { name: 'connection', releases: ['end'], async: true, asyncRelease: true };
const SESSION: Kind = { name: 'session', releases: ['close', 'destroy'], async: true, asyncRelease: true };
const DATABASE: Kind = { name: 'database', releases: ['close'], async: false, asyncRelease: false };

/** A resource whose every other method is a use of it. What it gives can be awaited, spread and taken apart. */
function resource(kind: Kind, world: World): object {
  const id = world.acquire(kind.name);
  return members(id, kind, world);
}

function members(id: string, kind: Kind, world: World): object {
  const release = (what: string): Method => (kind.asyncRelease ? async () => { await Promise.resolve(); world.release(id, what); } : () => { world.release(id, what); });
  return new Proxy(
    { toJSON: () => id },
    {
      get(target, key) {
        if (key === 'toJSON') return target.toJSON;
        if (key === 'then') return undefined;
        if (kind.symbol !== undefined && key === Symbol[kind.symbol]) return release('dispose');
        // No resource is a manager.
        if (typeof key === 'symbol' || key === 'enter' || key === 'exit') return undefined;
        if (kind.releases.includes(key)) return release(key);
        if (key === 'query') return (text: unknown) => query(id, text, world);
        return kind.async ? async () => { await Promise.resolve(); return outcome(world.use(id, key)); } : () => outcome(world.use(id, key));
      },
    },
  );
}

const transactions = new WeakMap<World, Map<string, string>>();

/** A statement; what begins or ends a transaction is no more than that. */
async function query(id: string, text: unknown, world: World): Promise<object> {
  await Promise.resolve();
  const open = transactions.get(world) ?? new Map<string, string>();
  transactions.set(world, open);
  if (/^begin/i.test(String(text))) open.set(id, world.acquire('transaction'));
  else if (/^(?:commit|rollback)/i.test(String(text))) world.release(open.get(id) ?? 'no transaction', String(text));
  else return outcome(world.use(id, 'query'));
  return outcome(String(text));
}

function outcome(text: string): object {
  return { size: text.length, rows: [text], rowCount: 1, text, statusCode: 200, body: { dump: async () => Promise.resolve() } };
}

/** The modules that fixtures import. What a relative module exports is a function that may throw; one whose name ends in `Async` gives a promise. */
export function fakeModule(specifier: string, world: World): object {
  const known = MODULES[specifier.replace(/^node:/, '')];
  if (known) return known(world);
  return new Proxy({ __esModule: true }, { get: (_, key) => (key === '__esModule' ? true : typeof key === 'symbol' ? undefined : plainFunction(key, world)) });
}

function plainFunction(name: string, world: World): Method {
  if (name.endsWith('Async')) return async () => { await Promise.resolve(); return world.use('', name); };
  return () => world.use('', name);
}

const MODULES: Readonly<Record<string, (world: World) => object>> = {
  'fs/promises': (world) => ({
    open: async () => { await Promise.resolve(); return resource(FILE, world); },
    opendir: async () => { await Promise.resolve(); return resource(DIRECTORY, world); },
  }),
  fs: (world) => {
    let next = 3;
    const ids = new Map<unknown, string>();
    const use = (what: string): Method => (fd) => outcome(world.use(ids.get(fd) ?? 'unknown descriptor', what));
    return {
      openSync: () => { const fd = next++; ids.set(fd, world.acquire('descriptor')); return fd; },
      closeSync: (fd: unknown) => { world.release(ids.get(fd) ?? 'unknown descriptor', 'closeSync'); },
      ...Object.fromEntries(['fstatSync', 'readSync', 'writeSync', 'fsyncSync'].map((name) => [name, use(name)])),
    };
  },
  pg: (world) => ({
    Pool: class {
      async connect(): Promise<object> { await Promise.resolve(); return resource(CLIENT, world); }
    },
    Client: function Client(): object {
      let id = '';
      const connect = async (): Promise<void> => { await Promise.resolve(); id = world.acquire(CONNECTION.name); };
      return new Proxy({}, { get: (_, key) => (key === 'connect' ? connect : Reflect.get(members(id, CONNECTION, world), key)) });
    },
  }),
  'async-mutex': (world) => ({
    Mutex: class {
      private held = '';
      async acquire(): Promise<() => void> { await Promise.resolve(); const id = world.acquire('lock'); this.held = id; return () => { world.release(id, 'release'); }; }
      release(): void { world.release(this.held, 'release'); }
    },
  }),
  undici: (world) => ({ Client: function Client(): object { return resource(SESSION, world); } }),
  'proper-lockfile': (world) => ({
    lock: async () => { await Promise.resolve(); const id = world.acquire('lock'); return async () => { await Promise.resolve(); world.release(id, 'release'); }; },
  }),
  'generic-pool': (world) => ({
    createPool: () => {
      const ids = new Map<unknown, string>();
      return {
        acquire: async () => { await Promise.resolve(); const id = world.acquire('worker'); const worker = { toJSON: () => id }; ids.set(worker, id); return worker; },
        release: async (worker: unknown) => { await Promise.resolve(); world.release(ids.get(worker) ?? 'unknown worker', 'release'); },
      };
    },
  }),
  'tmp-promise': (world) => ({
    dir: async () => { await Promise.resolve(); const id = world.acquire('folder'); return { path: id, cleanup: async () => { await Promise.resolve(); world.release(id, 'cleanup'); } }; },
  }),
  'better-sqlite3': (world) => ({ __esModule: true, default: function Database(): object { return resource(DATABASE, world); } }),
};
