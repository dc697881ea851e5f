import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { MODELS } from '../../src/engine/resources/index';
import type { LibraryModel } from '../../src/engine/resources/model';
import { MODELS_PAGE, renderModelsPage, WRITE_MODELS_PAGE } from './models-page';

const pool: LibraryModel = {
  library: 'acme',
  modules: ['acme'],
  resources: [
    {
      id: 'acme.lease',
      noun: 'lease',
      family: 'lock',
      lifetime: 'scoped',
      acquires: [{ call: 'Desk#lease', when: [{ argument: 0, matches: 'a|b' }] }, { call: 'new default', holder: { in: 'callback', parameter: 1 } }],
      releases: [{ method: 'end' }, { function: 'giveBack', argument: 1 }, { method: 'Symbol.dispose' }],
      outcomes: [['close'], ['end', 'error']],
      disposable: { symbol: 'dispose', since: 'acme 2.0.0' },
    },
  ],
};

describe('the page of models', () => {
  it('is what the models say', () => {
    assert.ok(readFileSync(MODELS_PAGE, 'utf8').replaceAll('\r\n', '\n') === renderModelsPage(MODELS), `${MODELS_PAGE} is not what the models say: run \`${WRITE_MODELS_PAGE}\` and commit it`);
  });

  it('has a line for each resource, with what is known of it', () => {
    const row = renderModelsPage([pool]).trimEnd().split('\n').at(-1);
    assert.equal(
      row,
      "| acme | lease | `Desk#lease where the first argument matches /a\\|b/`, `new *, in its callback's second parameter` | `.end()`, `giveBack(..., it)`, `[Symbol.dispose]()` | scoped | `close`, `end or error` | `Symbol.dispose` acme 2.0.0 |",
    );
  });

  it('sorts by library, whatever the order of the models', () => {
    const page = renderModelsPage([...MODELS].reverse());
    assert.equal(page, renderModelsPage(MODELS));
    const libraries = page.split('\n').filter((line) => /^\| (?!Library)/.test(line)).map((line) => line.split(' | ')[0]);
    assert.deepEqual(libraries, [...libraries].sort());
  });
});
