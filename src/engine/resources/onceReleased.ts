/** What fails, or harms, once a resource has been released; by the resource's id. Absent: nothing is known of it. */
export interface OnceReleased {
  readonly resource: string;
  /** Methods that fail then, or that work on what somebody else has by now. */
  readonly fails?: readonly string[];
  /** Methods that open it again: after one of them nothing is said. */
  readonly reopens?: readonly string[];
  /** A second release is wrong, because. Absent: it does nothing. */
  readonly again?: string;
}

const SQL = ['prepare', 'exec'];

export const ONCE_RELEASED: readonly OnceReleased[] = [
  {
    resource: 'fs.FileHandle',
    fails: [
      ...['read', 'readv', 'readFile', 'readLines', 'write', 'writev', 'writeFile', 'appendFile', 'stat', 'truncate', 'sync', 'datasync', 'chmod', 'chown', 'utimes'],
      ...['createReadStream', 'createWriteStream', 'readableWebStream'],
    ],
  },
  { resource: 'fs.descriptor', again: 'by then the number may be that of another open file' },
  { resource: 'fs.Dir', fails: ['read', 'readSync'], again: 'it fails with ERR_DIR_CLOSED' },
  { resource: 'node-sqlite.DatabaseSync', fails: [...SQL, 'createSession', 'applyChangeset', 'function', 'aggregate'], reopens: ['open'], again: 'it throws "database is not open"' },
  { resource: 'better-sqlite3.Database', fails: [...SQL, 'pragma', 'backup', 'function', 'aggregate', 'loadExtension'] },
  { resource: 'pg.PoolClient', again: 'it throws, or gives back a client that somebody else has by now' },
  { resource: 'pg.Client', fails: ['query'], reopens: ['connect'] },
  { resource: 'mysql2.Connection', fails: ['query', 'execute', 'prepare', 'beginTransaction', 'ping'], reopens: ['connect'] },
  { resource: 'ioredis.Redis', fails: ['get', 'set', 'del', 'hget', 'hset', 'publish', 'subscribe', 'exists', 'incr', 'expire', 'lpush', 'rpush', 'sadd'], reopens: ['connect'] },
  { resource: 'redis.client', fails: ['get', 'set', 'del', 'hGet', 'hSet', 'publish', 'subscribe', 'exists', 'incr', 'expire', 'lPush', 'rPush', 'sAdd', 'ping'], reopens: ['connect'] },
  { resource: 'typeorm.QueryRunner', fails: ['query', 'startTransaction', 'commitTransaction', 'rollbackTransaction'], reopens: ['connect'] },
  { resource: 'webStreams.reader', fails: ['read'] },
  { resource: 'webStreams.writer', fails: ['write'] },
  { resource: 'proper-lockfile.lock', again: 'it throws ERELEASED' },
  { resource: 'proper-lockfile.lockSync', again: 'it throws ERELEASED' },
  { resource: 'disposable-stacks.DisposableStack', fails: ['use', 'adopt', 'defer', 'move'] },
  { resource: 'disposable-stacks.AsyncDisposableStack', fails: ['use', 'adopt', 'defer', 'move'] },
  { resource: 'managed-scope.AsyncStack', fails: ['use', 'adopt', 'defer', 'push', 'enter', 'enterAll', 'move'] },
  { resource: 'managed-scope.SyncStack', fails: ['use', 'adopt', 'defer', 'push', 'enter', 'move'] },
];

const byResource = new Map(ONCE_RELEASED.map((known) => [known.resource, known]));

/** What is known of the resource once it is released. */
export function onceReleased(resource: string): OnceReleased | undefined {
  return byResource.get(resource);
}
