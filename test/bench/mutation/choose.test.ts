import assert from 'node:assert/strict';
import { limitEach, Quota, spread } from './choose';

describe('bench: which sites are taken', () => {
  const at = (origin: string, path: string, resource = 'r') => ({ source: { origin, path, text: '' }, resource });
  const sites = [at('x', '1'), at('x', '1'), at('x', '1'), at('x', '2'), at('y', '3'), at('y', '3')];

  it('spreads a limit over origins and files', () => {
    assert.deepEqual(spread(sites, 3).map(({ source }) => source.path), ['1', '2', '3']);
  });

  it('limits each resource by itself', () => {
    assert.deepEqual(limitEach([...sites, at('x', '1', 's')], 2).map(({ source, resource }) => source.path + resource), ['1r', '3r', '1s']);
  });

  it('lets no repository give more than its share of a resource', () => {
    const quota = new Quota(2);
    assert.deepEqual([...sites, at('x', '1', 's')].map((site) => quota.admits(site)), [true, true, false, false, true, true, true]);
  });
});
