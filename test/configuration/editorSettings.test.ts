import assert from 'node:assert/strict';
import { contributedSettings, DEFAULT_EDITOR_SETTINGS, overlaySeverities, readEditorSettings } from '../../src/configuration/editorSettings';
import { MEMORY } from '../../src/extension/heap';

describe('editor settings', () => {
  it('are the defaults where an editor says nothing', () => {
    for (const nothing of [undefined, null, {}, { severities: null, fixes: {} }]) {
      assert.deepEqual(readEditorSettings(nothing), { settings: DEFAULT_EDITOR_SETTINGS, problems: [] });
    }
  });

  it('keep what is right and say what is wrong', () => {
    const { settings, problems } = readEditorSettings({ run: 'onsave', enable: false, severities: { rules: { 'missing-release': 'off', nonsense: 'off' } }, files: { maxSize: 'big', exclude: ['a'] } });
    assert.equal(settings.run, 'onType');
    assert.equal(settings.enable, false);
    assert.deepEqual(settings.severities, { rules: { 'missing-release': 'off' } });
    assert.deepEqual(settings.files, { exclude: ['a'], maxSize: 2048, generated: false });
    assert.equal(problems.length, 3);
    assert.match(problems.join('\n'), /did you mean "onSave"/);
  });

  it('are contributed one by one, each described, with the default that holds', () => {
    const contributed = contributedSettings();
    assert.ok(Object.keys(contributed).includes('managedScope.severities.rules'));
    assert.equal(contributed['managedScope.memory']?.scope, 'window');
    // The extension starts the server before it can ask it.
    assert.equal(contributed['managedScope.memory'].default, MEMORY);
    for (const [name, setting] of Object.entries(contributed)) {
      assert.ok(setting.description, name);
      let held: unknown = DEFAULT_EDITOR_SETTINGS;
      for (const key of name.split('.').slice(1)) held = typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined;
      assert.deepEqual(setting.default, held ?? {}, name);
    }
  });

  it('win over a file entry by entry', () => {
    const file = { rules: { 'missing-release': 'error' }, tiers: { potential: 'off' } } as const;
    const editor = { rules: { 'dropped-resource': 'off' }, tiers: { potential: 'hint' } } as const;
    assert.deepEqual(overlaySeverities(file, editor), { rules: { 'missing-release': 'error', 'dropped-resource': 'off' }, families: {}, tiers: { potential: 'hint' } });
  });
});
