import assert from 'node:assert/strict';
import { MODELS } from '../../../src/engine/resources/index';
import { countResources, shareOf } from './shares';

describe('bench: shares of the models', () => {
  it('have as many resources as they say, and each is part of the larger', () => {
    const all = countResources(MODELS);
    for (const percent of [10, 50, 100]) assert.equal(countResources(shareOf(MODELS, percent)), Math.floor((all * percent) / 100));
    assert.deepEqual(shareOf(MODELS, 100).flatMap(({ resources }) => resources), MODELS.flatMap(({ resources }) => resources));
    const idsOf = (percent: number): string[] => shareOf(MODELS, percent).flatMap(({ resources }) => resources.map(({ id }) => id));
    const half = new Set(idsOf(50));
    assert.ok(new Set(idsOf(10)).size > 0 && idsOf(10).every((id) => half.has(id)));
  });
});
