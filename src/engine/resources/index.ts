import type { LibraryModel } from './model';
import { amqplib } from './amqplib';
import { asyncMutex } from './asyncMutex';
import { asyncQueue } from './asyncQueue';
import { playwright, puppeteer } from './browsers';
import { bullmq } from './bullmq';
import { esbuild, rolldown, rollup, vite } from './bundlers';
import { chokidar } from './chokidar';
import { drizzle } from './drizzle';
import { disposableStacks } from './disposableStacks';
import { vscode } from './editor';
import { fs } from './files';
import { grpc } from './grpc';
import { http, http2, https } from './http';
import { inspector } from './inspector';
import { ioredis } from './ioredis';
import { kafkajs } from './kafkajs';
import { knex } from './knex';
import { kysely } from './kysely';
import { mikroOrm } from './mikroOrm';
import { managedScope } from './managedScope';
import { mongodb } from './mongodb';
import { mqtt } from './mqtt';
import { mysql2 } from './mysql2';
import { nats } from './nats';
import { dgram, net, tls, tty } from './net';
import { abortListeners, asyncHooks, diagnosticsChannel, moduleHooks, perfHooks, traceEvents } from './observation';
import { nodemailer } from './nodemailer';
import { openTelemetry, openTelemetrySdk } from './openTelemetry';
import { parcelWatcher } from './parcelWatcher';
import { pg, pgCursors } from './pg';
import { postgres } from './postgres';
import { prisma } from './prisma';
import { childProcess, cluster, workerThreads } from './processes';
import { v8 } from './profiles';
import { properLockfile } from './properLockfile';
import { readline, repl } from './readline';
import { redbean } from './redbean';
import { redis } from './redis';
import { redlock } from './redlock';
import { genericPool, tarn } from './resourcePools';
import { asyncSema, semaphoreAsyncAwait } from './semaphores';
import { sequelize } from './sequelize';
import { socketIo, socketIoClient } from './socketIo';
import { betterSqlite3, nodeSqlite } from './sqlite';
import { sqlite3 } from './sqlite3';
import { ssh2 } from './ssh2';
import { streams } from './streams';
import { tempy } from './tempy';
import { piscina, tinypool } from './threadPools';
import { timers } from './timers';
import { tmp, tmpPromise } from './tmp';
import { typeorm } from './typeorm';
import { undici } from './undici';
import { webPlatform, webStreams } from './web';
import { ws } from './ws';

/** Every library and platform area that is known: Node's own first, then what has no module, then packages. */
export const MODELS: readonly LibraryModel[] = [
  ...[fs, streams, net, tls, tty, dgram, http, https, http2, childProcess, workerThreads, cluster, readline, nodeSqlite],
  ...[abortListeners, asyncHooks, diagnosticsChannel, inspector, moduleHooks, perfHooks, repl, traceEvents, v8],
  ...[timers, webStreams, webPlatform, disposableStacks],
  ...[betterSqlite3, drizzle, ioredis, knex, kysely, mikroOrm, mongodb, mysql2, pg, ...pgCursors, postgres, prisma, redbean, redis, sequelize, sqlite3, typeorm],
  ...[amqplib, bullmq, kafkajs, mqtt, nats],
  ...[asyncMutex, asyncQueue, asyncSema, genericPool, piscina, properLockfile, redlock, semaphoreAsyncAwait, tarn, tinypool],
  ...[chokidar, grpc, managedScope, nodemailer, openTelemetry, openTelemetrySdk, parcelWatcher, socketIo, socketIoClient, ssh2, tempy, tmp, tmpPromise, undici, vscode, ws],
  ...[esbuild, playwright, puppeteer, rolldown, rollup, vite],
];
