import assert from 'node:assert/strict';
import { MODELS } from '../../../src/engine/resources/index';
import { ONCE_RELEASED } from '../../../src/engine/resources/onceReleased';

describe('what fails after a release', () => {
  const known = new Set(MODELS.flatMap(({ resources }) => resources.map(({ id }) => id)));

  it('is said of resources that are modelled, once of each', () => {
    const named = ONCE_RELEASED.map(({ resource }) => resource);
    assert.deepEqual(named.filter((id) => !known.has(id)), []);
    assert.equal(new Set(named).size, named.length);
  });

  it('says something', () => {
    assert.deepEqual(ONCE_RELEASED.filter(({ fails, again }) => !fails?.length && again === undefined), []);
  });
});
