import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contributedSettings } from '../../src/configuration/editorSettings';

const file = path.resolve('package.json');

interface Manifest {
  readonly contributes: { readonly configuration: { properties: unknown } };
}

const readManifest = (): Manifest => JSON.parse(readFileSync(file, 'utf8'));

describe('the settings in package.json', () => {
  it('are what the server reads (MANAGED_SCOPE_UPDATE=1 writes them)', () => {
    const settings: unknown = JSON.parse(JSON.stringify(contributedSettings()));
    if (process.env['MANAGED_SCOPE_UPDATE']) {
      const manifest = readManifest();
      manifest.contributes.configuration.properties = settings;
      writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
    }
    assert.deepEqual(readManifest().contributes.configuration.properties, settings);
  });
});
