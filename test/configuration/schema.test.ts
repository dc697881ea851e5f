import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FAMILIES } from '../../src/configuration/levels';
import { generateSchema } from '../../src/configuration/settings';
import { RULE_IDS } from '../../src/engine/rules/registry';

const file = path.resolve('src/configuration/managed-scope.schema.json');

describe('managed-scope.schema.json', () => {
  it('is what the settings generate (MANAGED_SCOPE_UPDATE=1 writes it)', () => {
    const generated = `${JSON.stringify(generateSchema(), null, 2)}\n`;
    if (process.env['MANAGED_SCOPE_UPDATE']) writeFileSync(file, generated);
    assert.equal(readFileSync(file, 'utf8'), generated);
  });

  it('knows every rule and every family', () => {
    const { severities } = generateSchema().properties ?? {};
    const { rules, families } = severities?.properties ?? {};
    for (const rule of RULE_IDS) assert.ok(rules?.properties?.[rule]?.description, rule);
    assert.deepEqual(Object.keys(families?.properties ?? {}), Object.keys(FAMILIES));
  });
});
