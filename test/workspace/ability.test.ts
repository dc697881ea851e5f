import assert from 'node:assert/strict';
import { abilityOf } from '../../src/workspace/ability';
import { FileSystem } from '../../src/workspace/filesystem';
import { ProjectFinder } from '../../src/workspace/projects';
import type { FixAbility } from '../../src/engine/fixes/fix';
import { makeFolder } from '../types/project';

const MANIFEST = { type: 'module', engines: { node: '>=20.19' } };
const OPTIONS = { target: 'es2022', lib: ['es2023', 'esnext.disposable'], module: 'nodenext' };
const TYPES_WITH_SYMBOLS = { 'node_modules/@types/node/package.json': '{"version":"20.19.0"}', 'node_modules/@types/node/index.d.ts': '', 'node_modules/@types/node/compatibility/disposable.d.ts': '' };
const TYPES_WITH_LIB = { 'node_modules/@types/node/package.json': '{"version":"24.19.0"}', 'node_modules/@types/node/index.d.ts': '/// <reference lib="esnext.disposable" />\n' };
const installed = (name: string, version: string): Record<string, string> => ({ [`node_modules/${name}/package.json`]: JSON.stringify({ version }) });

interface Asked {
  readonly file?: string;
  readonly manifest?: object;
  readonly options?: object;
  readonly files?: Readonly<Record<string, string>>;
}

/** What the code of a file in such a project may use. */
function ability({ file = 'src/a.ts', manifest = MANIFEST, options = OPTIONS, files = {} }: Asked): FixAbility {
  const folder = makeFolder({ 'package.json': JSON.stringify(manifest), 'tsconfig.json': JSON.stringify({ compilerOptions: options }), [file]: '', '.git/HEAD': '', ...files });
  try {
    const disk = new FileSystem();
    return abilityOf(folder.at(file), new ProjectFinder(disk).projectOf(folder.at(file)), { folder: folder.path }, disk);
  } finally {
    folder.remove();
  }
}

const NO_LIB = { target: 'es2022', module: 'nodenext' };
const NODE_24 = { ...MANIFEST, engines: { node: '>=24' } };

describe('what the code of a project may use', () => {
  const CASES: readonly (Asked & { readonly what: string; readonly using: boolean; readonly stacks: boolean })[] = [
    { what: 'a compiler that lowers it, for a Node that has the symbols', using: true, stacks: false },
    { what: 'the same for Node 24', manifest: NODE_24, using: true, stacks: true },
    { what: 'a Node that lacks the symbols', manifest: { ...MANIFEST, engines: { node: '>=18' } }, using: false, stacks: false },
    { what: 'an older compiler', files: installed('typescript', '5.1.6'), using: false, stacks: false },
    { what: 'a compiler that is new enough', files: installed('typescript', '5.2.0'), using: true, stacks: false },
    { what: 'no types of the symbols', options: NO_LIB, using: false, stacks: false },
    { what: 'Node’s types with the symbols', options: NO_LIB, files: TYPES_WITH_SYMBOLS, using: true, stacks: false },
    { what: 'Node’s types with the symbols, for Node 24: the stacks have no types', options: NO_LIB, manifest: NODE_24, files: TYPES_WITH_SYMBOLS, using: true, stacks: false },
    { what: 'Node’s types that ask for the library file', options: NO_LIB, files: TYPES_WITH_LIB, using: true, stacks: false },
    { what: 'Node’s types that ask for the library file, for Node 24', options: NO_LIB, manifest: NODE_24, files: TYPES_WITH_LIB, using: true, stacks: true },
    { what: 'Node’s types that nobody asks for', options: { ...NO_LIB, types: [] }, files: TYPES_WITH_LIB, using: false, stacks: false },
    { what: 'a target that leaves it to Node', options: { ...OPTIONS, target: 'esnext' }, using: false, stacks: false },
    { what: 'a target that leaves it to Node 24', options: { ...OPTIONS, target: 'esnext' }, manifest: NODE_24, using: true, stacks: true },
    { what: 'types that are only stripped', options: { ...OPTIONS, erasableSyntaxOnly: true }, using: false, stacks: false },
    { what: 'helpers from a tslib that has them', options: { ...OPTIONS, importHelpers: true }, files: installed('tslib', '2.6.0'), using: true, stacks: false },
    { what: 'helpers from a tslib that lacks them', options: { ...OPTIONS, importHelpers: true }, files: installed('tslib', '2.5.3'), using: false, stacks: false },
    { what: 'helpers from no tslib', options: { ...OPTIONS, importHelpers: true }, using: false, stacks: false },
    { what: 'JavaScript that Node 20 runs', file: 'src/a.js', using: false, stacks: false },
    { what: 'JavaScript that Node 24 runs', file: 'src/a.js', manifest: NODE_24, using: true, stacks: true },
  ];
  for (const { what, using, stacks, ...asked } of CASES) {
    it(`${what}: ${using ? '`using`' : 'no `using`'}${stacks ? ' and the stacks' : ''}`, () => {
      const found = ability(asked);
      assert.deepEqual({ using: found.using, stacks: found.stacks }, { using, stacks });
    });
  }

  it('how it imports: by the extension, else by the package', () => {
    assert.equal(ability({}).modules, 'esm');
    assert.equal(ability({ manifest: { engines: { node: '>=20.19' } } }).modules, 'cjs');
    assert.equal(ability({ file: 'src/a.cts' }).modules, 'cjs');
    assert.equal(ability({ file: 'src/a.mjs', manifest: {} }).modules, 'esm');
  });

  it('whether the runtime resolves: as a package, or as a copy in its usual place', () => {
    assert.deepEqual(ability({}).runtime, { specifier: 'managed-scope', installed: false });
    const dependency = { 'node_modules/managed-scope/package.json': '{"version":"1.0.0","type":"module","exports":"./index.js","types":"./index.d.ts"}', 'node_modules/managed-scope/index.js': '', 'node_modules/managed-scope/index.d.ts': '' };
    assert.deepEqual(ability({ files: dependency }).runtime, { specifier: 'managed-scope', installed: true });
    assert.deepEqual(ability({ file: 'test/a.ts', files: { 'src/managed-scope.ts': '' } }).runtime, { specifier: '../src/managed-scope.js', installed: true });
    assert.deepEqual(ability({ file: 'src/deep/a.ts', files: { 'src/managed-scope.ts': '' } }).runtime, { specifier: '../managed-scope.js', installed: true });
  });
});
