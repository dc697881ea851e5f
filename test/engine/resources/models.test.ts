import assert from 'node:assert/strict';
import { RELEASE_MEMBERS } from '../../../src/engine/facts';
import { MODELS } from '../../../src/engine/resources';
import { parseMemberRef } from '../../../src/engine/resources/memberRef';
import type { LibraryModel, ResourceModel } from '../../../src/engine/resources/model';
import { Declarations } from './declarations';
import { findIllFormed } from './illFormed';
import { findUndeclared } from './undeclared';

/** Modules that models name and whose declarations are not installed: another module of the same model has the same shape. */
const WITHOUT_DECLARATIONS = new Set(['readable-stream', 'playwright', '@playwright/test', 'playwright-chromium', 'playwright-firefox', 'playwright-webkit', 'puppeteer', 'sequelize-typescript', '@nats-io/nats-core', '@nats-io/transport-node', '@opentelemetry/sdk-trace-base', '@opentelemetry/sdk-trace-node']);

/** Libraries whose declarations are made for each project anew; theirs are checked below. */
const GENERATED = new Set(['prisma']);

const refsOf = (library: LibraryModel): readonly string[] => [
  ...library.resources.flatMap(({ acquires, releases }) => [...acquires.map(({ call }) => call), ...releases.flatMap((release) => release.function ?? [])]),
  ...(library.effects ?? []).map(({ call }) => call),
];

/** A right model, to make wrong ones of. */
const right: ResourceModel = {
  id: 'pg.PoolClient',
  noun: 'pool client',
  family: 'connection',
  lifetime: 'scoped',
  types: ['PoolClient'],
  acquires: [{ call: 'Pool#connect', async: true, when: [{ argument: 0, is: 'absent' }], guess: 'pool$' }],
  releases: [{ method: 'release' }],
};
const libraryOf = (change: Partial<ResourceModel>, library: Partial<LibraryModel> = {}): LibraryModel => ({
  library: 'pg',
  modules: ['pg'],
  resources: [{ ...right, ...change }],
  ...library,
});

describe('resource models', () => {
  it('are well formed', () => {
    assert.deepEqual(findIllFormed(MODELS), []);
  });

  it('are found ill formed for each thing that can be wrong in them by themselves', () => {
    const wrong: readonly [string, readonly LibraryModel[]][] = [
      ['id', [libraryOf({}), libraryOf({})]],
      ['id', [libraryOf({ id: 'PoolClient' })]],
      ['release', [libraryOf({ releases: [{ method: 'release', call: true }] })]],
      ['release', [libraryOf({ releases: [{ async: true }] })]],
      ['no releases', [libraryOf({ releases: [] })]],
      ['no function', [libraryOf({ acquires: [{ call: 'open', holder: { in: 'nothing' } }] })]],
      ['no acquires', [libraryOf({ acquires: [] })]],
      ['pattern', [libraryOf({ acquires: [{ call: 'Pool#connect', guess: '(' }] })]],
      ['pattern', [libraryOf({ acquires: [{ call: 'Pool#query', when: [{ argument: 0, matches: '[' }] }] })]],
      ['reference', [libraryOf({ acquires: [{ call: 'Pool##connect' }] })]],
      ['receiver', [libraryOf({ acquires: [{ call: 'connect', holder: { in: 'receiver' } }] })]],
      ['guess', [libraryOf({ acquires: [{ call: 'new Pool', guess: '.' }] })]],
      ['member', [libraryOf({ releases: [{ method: 'release', member: 'x' }] })]],
      ['parameter', [libraryOf({ releases: [{ parameter: 2 }] })]],
      ['versions', [libraryOf({ disposable: { symbol: 'dispose', since: 'soon' } })]],
      ['module', [libraryOf({}, { modules: [] })]],
      ['module', [libraryOf({}, { modules: ['node:fs'] })]],
    ];
    for (const [what, models] of wrong) {
      const found = findIllFormed(models);
      assert.ok(found.length > 0 && found.every((problem) => problem.includes(what)), `${what}: ${JSON.stringify(found)}`);
    }
    assert.deepEqual(findIllFormed([libraryOf({})]), []);
  });

  it('have one family for every noun, so that a setting means one thing', () => {
    const families = new Map<string, string>();
    for (const { noun, family, id } of MODELS.flatMap(({ resources }) => resources)) {
      assert.equal(families.get(noun) ?? family, family, `${id}: ${noun}`);
      families.set(noun, family);
    }
  });

  it('of scoped objects release by a member that the engine asks types for, or say by what else', () => {
    const asked = new Set<string>(RELEASE_MEMBERS);
    const others = MODELS.flatMap(({ resources }) => resources)
      .filter(({ lifetime, value, acquires }) => lifetime === 'scoped' && (value ?? 'object') === 'object' && acquires.some(({ holder }) => holder?.in !== 'receiver'))
      .filter(({ releases }) => !releases.some(({ method }) => method !== undefined && asked.has(method)))
      .map(({ id }) => id);
    assert.deepEqual(others.sort(), [
      'disposable-stacks.AsyncDisposableStack',
      'fs.disposableTemporaryDirectory',
      'fs.promises.disposableTemporaryDirectory',
      'knex.Transaction',
      'kysely.ControlledTransaction',
      'managed-scope.Managed',
      'mongodb.ClientSession',
      'redbean.transaction',
      'sequelize.Transaction',
      'web.MediaStream',
    ]);
  });
});

describe('resource models and the declarations of their libraries', () => {
  let declarations: Declarations;

  before(() => {
    const named = MODELS.flatMap((library) => [
      ...library.modules,
      ...Object.keys(library.submodules ?? {}),
      ...refsOf(library).flatMap((ref) => parseMemberRef(ref).module ?? []),
    ]);
    declarations = new Declarations([...new Set(named)].filter((name) => !WITHOUT_DECLARATIONS.has(name)));
  });

  for (const library of MODELS.filter((one) => !GENERATED.has(one.library))) {
    it(`${library.library} declares all that its model names`, () => {
      assert.deepEqual(findUndeclared(library, declarations), []);
    });
  }

  it('prisma makes clients that have the release that its model names', () => {
    const runtime = { modules: ['@prisma/client/runtime/library'] };
    const clients = new Declarations(runtime.modules)
      .callables(runtime, 'getPrismaClient')
      .flatMap(({ signatures }) => signatures.flatMap((signature) => signature.getReturnType().getConstructSignatures()))
      .map((signature) => signature.getReturnType());
    const released = MODELS.find(({ library }) => library === 'prisma')?.resources.flatMap(({ releases }) => releases.flatMap(({ method }) => method ?? [])) ?? [];
    assert.ok(released.length > 0 && clients.length > 0);
    for (const method of released) assert.ok(clients.every((client) => client.getProperty(method) !== undefined), method);
  });

  const wrong: readonly [string, Partial<ResourceModel>, ...string[]][] = [
    ['a function that is not exported', { acquires: [{ call: 'connectPool', async: true }] }, 'pg.PoolClient acquired by connectPool: not declared'],
    ['a method that the class has not', { acquires: [{ call: 'Pool#acquire', async: true }] }, 'pg.PoolClient acquired by Pool#acquire: not declared'],
    ['a promise that is none', { acquires: [{ call: 'new Pool', async: true }] }, 'pg.PoolClient acquired by new Pool: gives no promise', 'pg.PoolClient acquired by new Pool: what is held is no object'],
    ['a result that is a promise', { acquires: [{ call: 'Client#end' }], releases: [{ method: 'release' }] }, 'pg.PoolClient acquired by Client#end: what is held is no object'],
    ['a release that the type has not', { releases: [{ method: 'giveBack' }] }, 'pg.PoolClient: PoolClient has none of the releases', 'pg.PoolClient released by giveBack: not declared'],
    ['a release that gives no promise', { releases: [{ method: 'release', async: true }] }, 'pg.PoolClient released by release: gives no promise'],
    ['a releasing function of nowhere', { releases: [{ function: 'release' }] }, 'pg.PoolClient released by release: not declared'],
    ['a resource that is no function', { releases: [{ call: true }] }, 'pg.PoolClient released by a call: the resource is no function'],
    ['a callback without that parameter', { acquires: [{ call: 'Pool#connect', holder: { in: 'callback', parameter: 1, error: 0 } }], releases: [{ parameter: 3 }] }, 'pg.PoolClient released by parameter 3: no such function in the callback'],
    ['a value of another kind', { value: 'number' }, 'pg.PoolClient acquired by Pool#connect: what is held is no number'],
    ['a type of nowhere', { types: ['PooledClient'] }, 'pg.PoolClient: no type PooledClient'],
    ['a type that cannot be released so', { types: ['PoolClient', 'Pool'] }, 'pg.PoolClient: Pool has none of the releases'],
    ['a settling method of nowhere', { settles: ['detach'] }, 'pg.PoolClient: no method detach'],
    ['a fluent method that is not', { fluent: ['release'] }, 'pg.PoolClient: release does not give the resource again'],
    ['a wrong method of nowhere', { wrong: [{ method: 'close', instead: 'release', because: '' }] }, 'pg.PoolClient: no method close'],
    ['what leads nowhere back', { leadsBack: { from: ['query'], by: ['client'] } }, 'pg.PoolClient: nothing leads back to it'],
    ['iteration of what has none', { iterated: 'releases' }, 'pg.PoolClient: cannot be iterated'],
    ['a symbol that it has not', { disposable: { symbol: 'dispose', since: 'pg 9.0.0' } }, 'pg.PoolClient: has no Symbol.dispose'],
    ['an option that there is not', { acquires: [{ call: 'Pool#connect', async: true, when: [{ argument: 0, option: 'signal', equals: undefined }] }] }, 'pg.PoolClient acquired by Pool#connect: argument 0 has no option signal'],
  ];
  for (const [what, change, ...problems] of wrong) {
    it(`are found to differ: ${what}`, () => {
      assert.deepEqual(findUndeclared(libraryOf(change), declarations), problems);
    });
  }

  it('are found to differ: a symbol that the model is silent about', () => {
    const silent = MODELS.find(({ library }) => library === 'node:fs')?.resources.find(({ id }) => id === 'fs.FileHandle');
    assert.ok(silent);
    const resource: ResourceModel = { id: silent.id, noun: silent.noun, family: silent.family, lifetime: silent.lifetime, acquires: silent.acquires, releases: silent.releases };
    const library: LibraryModel = { library: 'fs', modules: ['fs'], submodules: { 'fs/promises': 'promises' }, resources: [resource] };
    assert.deepEqual(findUndeclared(library, declarations), ['fs.FileHandle: has Symbol.asyncDispose, which the model does not say']);
  });

  it('are found to differ: effects and results', () => {
    const library = libraryOf({}, {
      effects: [
        { call: 'Pool#borrow', argument: 0, effect: 'borrow' },
        { call: 'Client#end', argument: 4, effect: 'release' },
        { call: 'new Pool', argument: 0, option: 'socket', effect: 'transfer' },
        { call: 'new Pool', argument: 'receiver', effect: 'transfer' },
      ],
      quiet: ['Client#whisper'],
      returns: { 'Pool#connect': 'Pool' },
    });
    assert.deepEqual(findUndeclared(library, declarations), [
      'effect of Pool#borrow: not declared',
      'effect of Client#end: no argument 4',
      'effect of new Pool: no option socket',
      'effect of new Pool: there is no receiver',
      'quiet Client#whisper: not declared',
      'returns of Pool#connect: gives no Pool',
    ]);
  });
});
