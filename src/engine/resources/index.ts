import type { LibraryModel } from './model';
import { asyncMutex } from './asyncMutex';
import { asyncQueue } from './asyncQueue';
import { playwright, puppeteer } from './browsers';
import { esbuild, rolldown, rollup, vite } from './bundlers';
import { chokidar } from './chokidar';
import { fs } from './files';
import { http, http2, https } from './http';
import { inspector } from './inspector';
import { ioredis } from './ioredis';
import { knex } from './knex';
import { mongodb } from './mongodb';
import { mysql2 } from './mysql2';
import { dgram, net, tls, tty } from './net';
import { abortListeners, asyncHooks, diagnosticsChannel, moduleHooks, perfHooks, traceEvents } from './observation';
import { pg, pgCursors } from './pg';
import { childProcess, cluster, workerThreads } from './processes';
import { v8 } from './profiles';
import { properLockfile } from './properLockfile';
import { readline, repl } from './readline';
import { redis } from './redis';
import { betterSqlite3, nodeSqlite } from './sqlite';
import { streams } from './streams';
import { timers } from './timers';
import { tmp, tmpPromise } from './tmp';
import { typeorm } from './typeorm';
import { undici } from './undici';
import { webPlatform } from './webPlatform';
import { webStreams } from './webStreams';
import { ws } from './ws';

/** Every library and platform area that is known: Node's own first, then what has no module, then packages. */
export const MODELS: readonly LibraryModel[] = [
  ...[fs, streams, net, tls, tty, dgram, http, https, http2, childProcess, workerThreads, cluster, readline, nodeSqlite],
  ...[abortListeners, asyncHooks, diagnosticsChannel, inspector, moduleHooks, perfHooks, repl, traceEvents, v8],
  ...[timers, webStreams, webPlatform],
  ...[asyncMutex, asyncQueue, betterSqlite3, chokidar, ioredis, knex, mongodb, mysql2, pg, ...pgCursors, properLockfile, redis, tmp, tmpPromise, typeorm, undici, ws],
  ...[esbuild, playwright, puppeteer, rolldown, rollup, vite],
];
