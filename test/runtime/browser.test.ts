// The behaviour suites in a real browser: Debian's Chromium, headless, on a page of a server on the loopback address.
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { bundleOfBehaviours } from './support/bundle';
import { dist } from './support/builds';

const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (file) => file !== undefined && existsSync(file),
);
const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

describe('runtime behaviours in a browser', function () {
  this.timeout(120_000);

  it('Chromium, headless', async function () {
    if (chromium === undefined) {
      console.warn('SKIPPED: no Chromium is installed; set CHROMIUM to the path of one to run the suites in it');
      return this.skip();
    }
    const report = "fetch('/results', { method: 'POST', body: JSON.stringify(results) })";
    const script = await bundleOfBehaviours('behaviours.js', { module: path.join(dist, 'index.js'), report, platform: 'browser' });
    const server = createServer((request, response) => {
      const page = '<!doctype html><meta charset="utf-8"><script src="/script.js"></script>';
      response.setHeader('content-type', request.url === '/script.js' ? 'text/javascript; charset=utf-8' : 'text/html');
      if (request.method === 'GET') response.end(request.url === '/script.js' ? readFileSync(script) : page);
    });
    const posted = new Promise<IncomingMessage>((resolve) => {
      server.on('request', (request: IncomingMessage) => request.method === 'POST' && resolve(request));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const profile = await mkdtemp(path.join(tmpdir(), 'managed-scope-chromium-'));
    const browser = spawn(chromium, [...quiet, `--user-data-dir=${profile}`, `http://127.0.0.1:${address.port}/`], { stdio: 'ignore' });
    const ended = once(browser, 'exit');
    try {
      const died = ended.then(([code]) => Promise.reject(new Error(`Chromium ended with ${String(code)} before the results came`)));
      const results: { name: string; error?: string }[] = JSON.parse(await text(await Promise.race([posted, died])));
      assert.deepEqual(results.filter(({ error }) => error !== undefined), []);
      assert.ok(results.length > 100, `${results.length} behaviours ran`);
    } finally {
      browser.kill();
      await ended;
      server.closeAllConnections();
      server.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
