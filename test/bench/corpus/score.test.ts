import assert from 'node:assert/strict';
import type { Label, Site } from './labels';
import { isInScope, isShown, scoreSite, type SiteFinding } from './score';

const LABEL: Label = { id: 'cases/1', repo: 'a/b', commit: 'c', path: 'x.ts', set: 'fixed-leak', acquireLine: 10, resource: 'file-handle', leakKind: 'never' };
const SITE: Site = { label: LABEL, file: 'before', line: 10, leak: true, path: '/x.ts', text: '' };
const at = (line: number, tier: SiteFinding['tier'] = 'definite'): SiteFinding => ({ line, tier, rule: 'missing-release', message: '' });

describe('bench: corpus scores', () => {
  it('takes findings from the line above the acquire to four lines below', () => {
    for (const line of [9, 10, 14]) assert.equal(scoreSite(SITE, [at(line)]).tier, 'definite', String(line));
    for (const line of [8, 15]) assert.equal(scoreSite(SITE, [at(line)]).tier, undefined, String(line));
  });

  it('counts the surest finding, and a hint as not shown', () => {
    assert.equal(scoreSite(SITE, [at(10, 'hint'), at(11, 'potential'), at(40)]).tier, 'potential');
    assert.equal(isShown(scoreSite(SITE, [at(10, 'hint')])), false);
    assert.equal(isShown(scoreSite(SITE, [at(10, 'potential')])), true);
  });

  it('leaves to later steps what they bring', () => {
    assert.equal(isInScope(LABEL), true);
    assert.equal(isInScope({ ...LABEL, resource: 'timer' }), false);
    assert.equal(isInScope({ ...LABEL, leakKind: 'event-path' }), false);
    const { leakKind, ...correct } = LABEL;
    assert.equal(leakKind, 'never');
    assert.equal(isInScope(correct), false);
  });
});
