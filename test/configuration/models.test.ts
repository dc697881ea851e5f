import assert from 'node:assert/strict';
import { readConfiguration } from '../../src/configuration/configuration';
import { MODELS } from '../../src/engine/resources/index';
import type { LibraryModel } from '../../src/engine/resources/model';

const lease = {
  id: 'acme.Lease',
  noun: 'lease',
  family: 'lock',
  lifetime: 'scoped',
  acquires: [{ call: 'Broker#lease', async: true }],
  releases: [{ method: 'giveBack', async: true }],
};

function readModels(models: unknown) {
  const text = JSON.stringify({ models });
  const { configuration, problems } = readConfiguration(text, 'managed-scope.json');
  return { models: configuration.models, problems: problems.map(({ start, end, message }) => `${text.slice(start, end)}: ${message}`) };
}

/** One resource in a library; its problems. */
function problemsOf(resource: object) {
  const { models, problems } = readModels([{ library: 'acme', modules: ['acme'], resources: [resource, { ...lease, id: 'acme.Other' }] }]);
  return { kept: models.flatMap(({ resources }) => resources.map(({ id }) => id)), problems };
}

describe('models in the configuration', () => {
  it('can say all that the built-in ones say', () => {
    // JSON has no `undefined`; a condition's `equals: undefined` is written null.
    const written = (model: LibraryModel) => JSON.parse(JSON.stringify(model, (_, value: unknown) => (isOption(value) ? { ...value, equals: value.equals ?? null } : value))) as unknown;
    for (const model of MODELS) {
      const { models, problems } = readModels([written(model)]);
      assert.deepEqual(problems, [], model.library);
      assert.deepEqual(models, [model], model.library);
    }
  });

  it('takes a model, and modules with their scheme', () => {
    const { models, problems } = readModels([{ library: 'acme', modules: ['node:acme'], resources: [lease] }]);
    assert.deepEqual(problems, []);
    assert.deepEqual(models, [{ library: 'acme', modules: ['acme'], resources: [lease] }]);
  });

  it('leaves out a resource with an error in it whole, and keeps the next', () => {
    const { kept, problems } = problemsOf({ ...lease, acquires: [{ call: 'Broker#lease', when: [{ argument: 0, is: 'presnt' }] }] });
    assert.deepEqual(problems, ['"presnt": "presnt" is not one of "present", "absent", "function"; did you mean "present"?']);
    assert.deepEqual(kept, ['acme.Other']);
  });

  for (const [what, change, problem] of [
    ['no call', { acquires: [{ call: 'Broker lease' }] }, /names no callable/],
    ['an unknown holder', { acquires: [{ call: 'lease', holder: { in: 'pocket' } }] }, /expected where the resource is/],
    ['two ways of releasing in one', { releases: [{ method: 'close', function: 'close' }] }, /exactly one of/],
    ['a release that is no way', { releases: [{ async: true }] }, /exactly one of/],
    ['no release', { releases: [] }, /without a release/],
    ['a bad pattern', { acquires: [{ call: 'lease', guess: '(' }] }, /[Ii]nvalid regular expression/],
    ['a bad argument', { releases: [{ function: 'giveBack', argument: 1.5 }] }, /expected a whole number/],
    ['a condition on nothing', { acquires: [{ call: 'lease', when: [{ argument: 0 }] }] }, /expected a condition/],
    ['a bad id', { id: 'lease' }, /use "library.Type"/],
    ['an unknown family', { family: 'locks' }, /did you mean "lock"/],
    ['a missing noun', { noun: undefined }, /"noun" is missing/],
    ['an unknown property', { release: [] }, /did you mean "releases"/],
  ] as const) {
    it(`says what is wrong with ${what}`, () => {
      const { kept, problems } = problemsOf({ ...lease, ...change });
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', problem);
      assert.deepEqual(kept, ['acme.Other']);
    });
  }

  it('takes the first of two resources with one id', () => {
    const { models, problems } = readModels([{ library: 'acme', modules: ['acme'], resources: [lease, { ...lease, noun: 'other' }] }]);
    assert.deepEqual(problems, ['"acme.Lease": another resource above has the id "acme.Lease"; the first one counts']);
    assert.deepEqual(models[0]?.resources.map(({ noun }) => noun), ['lease']);
  });

  it('wants to know where a library comes from', () => {
    const { models, problems } = readModels([{ library: 'acme', modules: [], resources: [lease] }]);
    assert.match(problems.join(), /found nowhere, unless it is "global"/);
    assert.deepEqual(models, []);
  });
});

function isOption(value: unknown): value is { readonly option: string; readonly equals?: unknown } {
  return typeof value === 'object' && value !== null && 'option' in value && 'argument' in value && 'equals' in value;
}
