import assert from 'node:assert/strict';
import { withProject, type Outcome } from './harness/run';

interface Listed {
  readonly library: string;
  readonly id: string;
  readonly acquires: readonly string[];
  readonly releases: readonly string[];
  readonly lifetime: string;
  readonly disposable?: { readonly symbol: string; readonly since: string };
}

function listed({ stdout, stderr }: Outcome): readonly Listed[] {
  const parsed: unknown = JSON.parse(stdout === '' ? 'null' : stdout);
  assert.ok(typeof parsed === 'object' && parsed !== null && 'version' in parsed && 'models' in parsed && Array.isArray(parsed.models), stderr);
  assert.equal(parsed.version, 1);
  return parsed.models.map((model: Listed) => model);
}

const MODEL = `{ "models": [{ "library": "acme", "modules": ["acme-leases"], "resources": [{
  "id": "acme.lease", "noun": "lease", "family": "lock", "lifetime": "scoped",
  "acquires": [{ "call": "lease", "async": true }], "releases": [{ "method": "giveBack" }] }] }] }`;

describe('models', () => {
  it('lists what is known, by library', withProject({}, (project) => {
    const { status, stdout, stderr } = project.run(['models']);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^pg \(pg, pg-pool\)\n(?: {2}.*\n)* {2}pool client pg\.PoolClient, connection, scoped\n {4}acquire {4}Pool#connect\n/m);
    assert.match(stdout, /\d+ resources of \d+ libraries\.\n$/);
  }));

  it('lists one library, by its own name or a module', withProject({}, (project) => {
    for (const name of ['node:fs', 'fs', 'fs/promises']) {
      const found = listed(project.run(['models', name, '--format', 'json']));
      assert.deepEqual([...new Set(found.map(({ library }) => library))], ['node:fs']);
      const handle = found.find(({ id }) => id === 'fs.FileHandle');
      assert.deepEqual(handle?.acquires, ['promises.open']);
      assert.deepEqual(handle.releases, ['.close()']);
      assert.equal(handle.lifetime, 'scoped');
      assert.deepEqual(handle.disposable, { symbol: 'Symbol.asyncDispose', since: 'node 18.18.0, 20.4.0' });
    }
    assert.match(project.run(['models', 'pg']).stdout, /1 library\.\n$/);
  }));

  it('lists what the configuration adds', withProject({ 'managed-scope.json': MODEL, 'inside/x': '' }, (project) => {
    assert.deepEqual(listed(project.run(['models', 'acme-leases', '--format', 'json'], { from: 'inside' })).map(({ id }) => id), ['acme.lease']);
  }));

  it('says what it does not know', withProject({}, (project) => {
    const { status, stdout, stderr } = project.run(['models', 'mysql3']);
    assert.deepEqual([status, stdout, stderr], [2, '', 'managed-scope: no model of a library "mysql3"; did you mean "mysql2"?\n']);
  }));

  it('cannot be made to print what a terminal obeys', withProject({ 'managed-scope.json': MODEL.replace('"noun": "lease"', String.raw`"noun": "le\u001b[31mase"`) }, (project) => {
    assert.ok(!project.run(['models', 'acme']).stdout.includes('\u001b'));
    assert.ok(!project.run(['models', 'acme', '--format', 'json']).stdout.includes('\u001b'));
  }));
});
