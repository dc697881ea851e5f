import assert from 'node:assert/strict';
import { MODELS } from '../../../src/engine/resources';
import { surelyDisposable, versionsSince, type Disposal } from '../../../src/engine/resources/disposableSince';
import type { ResourceModel } from '../../../src/engine/resources/model';

/** The Node binaries that were asked, and what instances carried there: D, A, both, or nothing (or no such API). */
const PROBED = ['18.20.8', '20.20.2', '22.23.3', '24.21.0', '26.10.0'] as const;
const NONE = '- - - - -';
const FOUND: Readonly<Record<string, string>> = {
  'fs.descriptor': NONE,
  'fs.FileHandle': 'A A A A A',
  'fs.Dir': '- - DA DA DA',
  'fs.FSWatcher': NONE,
  'fs.watchedFile': NONE,
  'fs.ReadStream': 'A A A A A',
  'fs.WriteStream': '- A A A A',
  'fs.temporaryDirectory': NONE,
  'fs.temporaryFile': NONE,
  'fs.disposableTemporaryDirectory': '- - - D D',
  'fs.promises.disposableTemporaryDirectory': '- - - A A',
  'net.Server': 'A A A A A',
  'net.Socket': 'A A A A A',
  'http.Server': 'A A A A A',
  'https.Server': 'A A A A A',
  'http.ClientRequest': NONE,
  'https.ClientRequest': NONE,
  'http.Agent': NONE,
  'https.Agent': NONE,
  'tls.Server': 'A A A A A',
  'tls.TLSSocket': 'A A A A A',
  'http2.Server': 'A A A A A',
  'http2.ClientHttp2Session': NONE,
  'dgram.Socket': 'A A A A A',
  'readline.Interface': '- - D D D',
  'child_process.ChildProcess': 'D D D D D',
  'cluster.Worker': NONE,
  'worker_threads.Worker': '- - A A A',
  'worker_threads.MessageChannel': NONE,
  'worker_threads.BroadcastChannel': NONE,
  'node-sqlite.DatabaseSync': '- - D D D',
  'node-sqlite.transaction': NONE,
  'node-sqlite.rows': '- - - D D',
  'node-sqlite.Session': '- - - D D',
  'async_hooks.AsyncHook': NONE,
  'async_hooks.RunScope': '- - - D D',
  'diagnostics_channel.boundStore': NONE,
  'diagnostics_channel.subscribers': NONE,
  'diagnostics_channel.subscription': NONE,
  'events.abortListener': 'D D D D D',
  'fs.Utf8Stream': '- - - D D',
  'fs.watchIterator': '- - - A A',
  'inspector.Session': NONE,
  // Returned since 20.6.0; nobody looked on 18.
  'inspector.port': '- D D D D',
  'module.hooks': '- - - - D',
  'perf_hooks.ELDHistogram': '- - - D D',
  'perf_hooks.PerformanceObserver': NONE,
  'repl.REPLServer': '- - D D D',
  'trace_events.Tracing': NONE,
  'v8.GCProfiler': '- - - D D',
  // By what the declarations say since when; nobody looked.
  'v8.SyncCPUProfileHandle': '- - - - D',
  'v8.SyncHeapProfileHandle': '- - - - D',
  'worker_threads.CPUProfileHandle': '- - - A A',
  'worker_threads.HeapProfileHandle': '- - - A A',
  'timers.interval': 'D D D D D',
  'timers.timeout': 'D D D D D',
  'timers.immediate': 'D D D D D',
};

const SYMBOLS: Readonly<Record<string, Disposal | undefined>> = { D: 'dispose', A: 'asyncDispose', DA: 'both', '-': undefined };

const resources = new Map(MODELS.filter(({ library }) => /^node:|^timers$/.test(library)).flatMap((library) => library.resources.map((resource) => [resource.id, resource] as const)));

const since = (versions: string): Pick<ResourceModel, 'disposable'> => ({ disposable: { symbol: 'dispose', since: versions } });

describe('dispose symbols of what Node has', () => {
  it('are known of every model', () => {
    assert.deepEqual([...resources.keys()].sort(), Object.keys(FOUND).sort());
  });

  for (const [id, row] of Object.entries(FOUND)) {
    it(`are said as they were found: ${id}`, () => {
      const resource = resources.get(id);
      assert.ok(resource);
      row.split(' ').forEach((cell, index) => {
        const version = PROBED[index] ?? '';
        assert.equal(surelyDisposable(resource, { node: version }), SYMBOLS[cell], `on ${version}`);
      });
    });
  }
});

describe('a dispose symbol that every admitted version has', () => {
  const sure: readonly (readonly [since: string, range: string])[] = [
    ['node 18.18.0, 20.4.0', '>=20.4.0'],
    ['node 18.18.0, 20.4.0', '>=20.4'],
    ['node 18.18.0, 20.4.0', '^18.18.0'],
    ['node 18.18.0, 20.4.0', '18.20.x'],
    ['node 18.18.0, 20.4.0', '^18.18.0 || >=20.9.0'],
    ['node 18.18.0, 20.4.0', '^18.18 || ^20.9 || >=22'],
    ['node 18.18.0, 20.4.0', '>=22 <25'],
    ['node 18.18.0, 20.4.0', '20.4.0 - 24'],
    ['node 18.18.0, 20.4.0', '~20.11.1'],
    ['node 18.18.0, 20.4.0', 'v22.1.0'],
    ['node 20.16.0, 22.4.0', '^20.16.0 || >=22.4.0'],
    ['node 22.15.0, 24.0.0', '>=24'],
    ['node 22.15.0, 24.0.0', '^22.15.0 || ^24.0.0'],
    ['node 24.4.0', '>=24.4'],
    ['node 24.4.0', '26'],
  ];
  for (const [versions, range] of sure) {
    it(`${versions}: on ${range}`, () => {
      assert.equal(surelyDisposable(since(versions), { node: range }), 'dispose');
    });
  }

  const unsure: readonly (readonly [since: string, range: string | undefined])[] = [
    ['node 18.18.0, 20.4.0', '>=18'],
    // 20.0.0 to 20.3.1, and all of 19, are admitted.
    ['node 18.18.0, 20.4.0', '>=18.18.0'],
    ['node 18.18.0, 20.4.0', '>=20'],
    ['node 18.18.0, 20.4.0', '20.x'],
    ['node 18.18.0, 20.4.0', '19.x'],
    ['node 18.18.0, 20.4.0', '^16.13.0 || >=22'],
    ['node 20.16.0, 22.4.0', '>=20.16.0'],
    ['node 22.15.0, 24.0.0', '>=22.15.0'],
    ['node 22.15.0, 24.0.0', '^23.0.0'],
    ['node 24.4.0', '>=24'],
    ['node 18.18.0, 20.4.0', '*'],
    ['node 18.18.0, 20.4.0', ''],
    ['node 18.18.0, 20.4.0', 'lts/*'],
    ['node 18.18.0, 20.4.0', undefined],
  ];
  for (const [versions, range] of unsure) {
    it(`${versions}: not on ${range ?? 'who knows what'}`, () => {
      assert.equal(surelyDisposable(since(versions), { node: range }), undefined);
    });
  }

  it('is asked of who has it: a package has versions of its own', () => {
    assert.equal(surelyDisposable(since('playwright 1.40.0'), { node: '>=24' }), undefined);
    assert.equal(surelyDisposable(since('playwright 1.40.0'), { node: '>=18', playwright: '^1.45.0' }), 'dispose');
    assert.equal(surelyDisposable({}, { node: '>=24' }), undefined);
  });

  it('is read from lists of first versions only', () => {
    assert.deepEqual(versionsSince('node 20.16.0, 22.4.0'), { name: 'node', range: '>=20.16.0 <21.0.0-0 || >=22.4.0' });
    assert.deepEqual(versionsSince('@scope/name 1.2.3'), { name: '@scope/name', range: '>=1.2.3' });
    for (const wrong of ['soon', 'node', 'node 24', 'node 24.0.0,26.0.0', 'node 24.0.0, ']) assert.throws(() => versionsSince(wrong), RangeError, wrong);
  });
});
