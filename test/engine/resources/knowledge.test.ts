import assert from 'node:assert/strict';
import { BORROWERS, PASS_THROUGH, isBorrower, isLogging, passesThrough } from '../../../src/engine/resources/borrowers';
import { HOLDS_NOTHING, holdsNothing } from '../../../src/engine/resources/holdsNothing';
import { parseMemberRef, spellingsOf } from '../../../src/engine/resources/memberRef';
import { ACQUIRING_VERBS, BORROWING_VERBS, BORROWING_WORDS, RELEASING_VERBS, ownershipByName, releasesByName, wordsOf } from '../../../src/engine/resources/ownedNames';
import { Declarations } from './declarations';

/** Node's modules whose types are listed. */
const NODE = ['timers', 'crypto', 'zlib', 'stream', 'http', 'http2', 'test'];

/** Packages whose declarations are not installed, and names that only test runners put among the globals. */
const NOT_INSTALLED = new Set(['@vitest/spy', 'vitest', 'jest-mock', 'jest', '@jest/globals', 'chai']);
const TEST_GLOBALS = new Set(['expect', 'assert']);

describe('types that hold nothing', () => {
  it('exist and carry a dispose symbol: else they need no mention', () => {
    const declarations = new Declarations(NODE);
    const missing: string[] = [];
    for (const { type, from } of HOLDS_NOTHING.filter(({ from: one }) => !NOT_INSTALLED.has(one))) {
      const library = from === 'lib' ? { modules: [], global: true } : { modules: NODE };
      const found = [...declarations.types(library, type), ...(from === 'node' ? declarations.types({ modules: [], global: true }, `NodeJS.${type}`) : [])];
      if (!found.some((one) => declarations.hasSymbol(one, 'dispose') || declarations.hasSymbol(one, 'asyncDispose'))) missing.push(`${from}: ${type}`);
    }
    assert.deepEqual(missing, []);
  });

  it('are known by name and by who declares them', () => {
    assert.equal(holdsNothing({ name: 'Hash', package: 'node:crypto' }), true);
    assert.equal(holdsNothing({ name: 'MapIterator', package: 'lib' }), true);
    assert.equal(holdsNothing({ name: 'Hash', package: 'lib' }), false);
    assert.equal(holdsNothing({ name: 'Hash' }), false);
    assert.equal(holdsNothing({ name: 'FileHandle', package: 'node:fs/promises' }), false);
  });
});

describe('functions that borrow', () => {
  it('exist', () => {
    const lists = [...BORROWERS, ...PASS_THROUGH].filter(({ module }) => !NOT_INSTALLED.has(module));
    const declarations = new Declarations([...new Set(lists.map(({ module }) => module))].filter((module) => module !== 'global'));
    const missing: string[] = [];
    for (const { module, members } of lists) {
      const library = module === 'global' ? { modules: [], global: true } : { modules: [module] };
      for (const member of members.filter((one) => !(module === 'global' && TEST_GLOBALS.has(one)))) {
        const isNamespace = member.endsWith('.*');
        const found = isNamespace ? declarations.values(library, member.slice(0, -2)) : declarations.callables(library, member);
        if (found.length === 0) missing.push(`${module}: ${member}`);
      }
    }
    assert.deepEqual(missing, []);
  });

  it('are known by module and name, all members of a namespace by its star', () => {
    assert.equal(isBorrower('global', 'console.log'), true);
    assert.equal(isBorrower('global', 'JSON.stringify'), true);
    assert.equal(isBorrower('global', 'JSON.parse'), false);
    assert.equal(isBorrower('path', 'join'), true);
    assert.equal(isBorrower('assert', 'default.equal'), true);
    assert.equal(isBorrower('fs', 'join'), false);
    assert.equal(passesThrough('global', 'Object.freeze'), true);
    assert.equal(passesThrough('global', 'Object.keys'), false);
  });

  it('are known as loggers by receiver and method together', () => {
    assert.equal(isLogging('logger', 'warn'), true);
    assert.equal(isLogging('requestLog', 'info'), true);
    assert.equal(isLogging('logger', 'attach'), false);
    assert.equal(isLogging('catalogue', 'info'), false);
  });
});

describe('names that say who owns', () => {
  it('are taken apart at their humps', () => {
    assert.deepEqual(wordsOf('openHTTPConnection2'), ['open', 'http', 'connection']);
    assert.deepEqual(wordsOf('_make_pool'), ['make', 'pool']);
    assert.deepEqual(wordsOf('$'), []);
  });

  it('say owned, borrowed or nothing', () => {
    for (const name of ['createClient', 'open', 'acquireLock', 'newSession', 'beginTransaction', 'obtainQueryRunner']) assert.equal(ownershipByName(name), 'owned', name);
    for (const name of ['getClient', 'findById', 'useStore', 'createSharedPool', 'getOrCreate', 'openDefault', 'isOpen']) assert.equal(ownershipByName(name), 'borrowed', name);
    for (const name of ['handler', 'createdAt', 'opener', 'run', '']) assert.equal(ownershipByName(name), undefined, name);
    assert.equal(releasesByName('closeQuietly'), true);
    assert.equal(releasesByName('closest'), false);
  });

  it('stand in one table each', () => {
    const verbs = [...ACQUIRING_VERBS, ...BORROWING_VERBS, ...RELEASING_VERBS];
    assert.deepEqual(verbs.filter((verb, index) => verbs.indexOf(verb) !== index), []);
    assert.deepEqual(BORROWING_WORDS.filter((word) => ACQUIRING_VERBS.includes(word)), []);
    for (const word of [...verbs, ...BORROWING_WORDS]) assert.match(word, /^[a-z]+$/);
  });
});

describe('member references', () => {
  it('are taken apart', () => {
    assert.deepEqual(parseMemberRef('open'), { kind: 'function', path: ['open'] });
    assert.deepEqual(parseMemberRef('promises.open'), { kind: 'function', path: ['promises', 'open'] });
    assert.deepEqual(parseMemberRef('new pg.Pool'), { kind: 'constructor', path: ['pg', 'Pool'] });
    assert.deepEqual(parseMemberRef('Pool#connect'), { kind: 'method', path: ['Pool'], method: 'connect' });
    assert.deepEqual(parseMemberRef('node:fs:rmSync'), { module: 'fs', kind: 'function', path: ['rmSync'] });
    assert.deepEqual(parseMemberRef('@scope/name/sub:new default'), { module: '@scope/name/sub', kind: 'constructor', path: ['default'] });
    for (const wrong of ['', 'a b', '#x', 'new A#b', 'a..b']) assert.throws(() => parseMemberRef(wrong), RangeError, wrong);
  });

  it('are spelled for every module, submodule and the global scope', () => {
    const fs = { modules: ['fs', 'fs-extra'], submodules: { 'fs/promises': 'promises' } };
    assert.deepEqual(spellingsOf(fs, 'open'), ['fs:open', 'fs-extra:open']);
    assert.deepEqual(spellingsOf(fs, 'promises.open'), ['fs:promises.open', 'fs-extra:promises.open', 'fs/promises:open']);
    assert.deepEqual(spellingsOf(fs, 'FileHandle#close'), ['fs:FileHandle#close', 'fs-extra:FileHandle#close', 'fs/promises:FileHandle#close']);
    assert.deepEqual(spellingsOf(fs, 'fs-extra:open'), ['fs-extra:open']);
    assert.deepEqual(spellingsOf(fs, 'node:fs:open'), ['fs:open']);
    assert.deepEqual(spellingsOf({ modules: ['timers'], global: true }, 'setInterval'), ['timers:setInterval', 'global:setInterval']);
  });
});
