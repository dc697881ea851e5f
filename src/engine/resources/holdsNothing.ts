import type { SymbolRef } from '../facts';

/** A type with a dispose symbol whose values hold nothing that must be given back. */
export interface EmptyHanded {
  readonly type: string;
  /** Who declares it: a package or module as in `SymbolRef`, or `node` for any of Node's modules. */
  readonly from: string;
  readonly because: string;
}

const of = (from: string, because: string, ...types: readonly string[]): readonly EmptyHanded[] => types.map((type) => ({ type, from, because }));

/**
 * Types that carry `Symbol.dispose` or `Symbol.asyncDispose` and need no scope. A subclass is not meant: it may hold something. What has
 * a model of its own (files, sockets, timers) is judged by that.
 */
export const HOLDS_NOTHING: readonly EmptyHanded[] = [
  ...of('lib', 'walks what is in memory', 'IteratorObject', 'ArrayIterator', 'MapIterator', 'SetIterator', 'StringIterator', 'RegExpStringIterator'),
  ...of('lib', 'runs cleanup of its own only when it has some, which its function shows', 'Generator', 'AsyncGenerator', 'AsyncIteratorObject'),
  ...of('node', 'is over by itself, and holds a callback only', 'Timeout', 'Immediate'),
  ...of('node', 'computes in memory', 'Hash', 'Hmac', 'Sign', 'Verify', 'Cipheriv', 'Decipheriv', 'CipherCCM', 'CipherGCM', 'CipherOCB', 'CipherChaCha20Poly1305'),
  ...of('node', 'computes in memory', 'DecipherCCM', 'DecipherGCM', 'DecipherOCB', 'DecipherChaCha20Poly1305'),
  ...of('node', 'computes in memory', 'Gzip', 'Gunzip', 'Deflate', 'Inflate', 'DeflateRaw', 'InflateRaw', 'Unzip'),
  ...of('node', 'computes in memory', 'BrotliCompress', 'BrotliDecompress', 'ZstdCompress', 'ZstdDecompress'),
  ...of('node', 'is a stream over memory or over what somebody else opened', 'Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough'),
  ...of('node', "is its server's or its request's to end", 'IncomingMessage', 'OutgoingMessage', 'ServerResponse', 'Http2ServerRequest', 'Http2ServerResponse'),
  ...of('node', "lives and goes with its session's connection", 'Http2Stream', 'ClientHttp2Stream', 'ServerHttp2Stream'),
  ...of('node', 'is put back by the test runner', 'MockTimers'),
  ...of('@vitest/spy', 'is put back by the test runner', 'Mock', 'MockInstance'),
  ...of('vitest', 'is put back by the test runner', 'Mock', 'MockInstance'),
  ...of('jest-mock', 'is put back by the test runner', 'Mock', 'MockInstance', 'SpiedFunction', 'SpiedClass', 'SpiedGetter', 'SpiedSetter'),
  ...of('jest', 'is put back by the test runner', 'Mock', 'MockInstance', 'SpyInstance'),
];

const known = new Set(HOLDS_NOTHING.map(({ from, type }) => `${from}:${type}`));

/** A value of this type has nothing to give back. */
export function holdsNothing(symbol: SymbolRef): boolean {
  if (symbol.package === undefined) return false;
  return known.has(`${symbol.package.startsWith('node:') ? 'node' : symbol.package}:${symbol.name}`);
}
