import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FIX_SHAPES, FIX_STYLES, type FixAbility, type FixShape } from '../../../../src/engine/fixes/fix';
import { fixtureNames } from '../../harness/load';

export const FIX_FIXTURES = path.join('test', 'engine', 'fixes', 'fixtures');

/** A project on Node 24, which has all that fixes may use. */
export const NODE_24: FixAbility = { using: true, stacks: true, versions: { node: '>=24' }, modules: 'esm', typescript: true, runtime: { specifier: 'managed-scope', installed: true }, style: 'using' };

/** What is expected of one shape. */
export interface Section {
  readonly shape: FixShape;
  readonly expected: 'safe' | 'none' | { readonly caution: string };
  readonly after: string;
  /** The line that begins it. */
  readonly head: string;
}

export interface FixFixture {
  /** Relative to the folder that it was loaded from, with `/`. */
  readonly name: string;
  readonly file: string;
  readonly before: string;
  readonly sections: readonly Section[];
  readonly ability: FixAbility;
  readonly rule: string | undefined;
  readonly pretendPath: string;
  readonly types: boolean;
  readonly runs: readonly string[];
  /** Shapes after which results may differ. */
  readonly differs: ReadonlySet<FixShape>;
}

/** A tutorial's bad examples, each with what its preferred fix makes of it. */
export const TUTORIAL = path.join('test', 'engine', 'fixes', 'tutorial', 'fixtures');

export function loadFixFixtures(folder = FIX_FIXTURES): FixFixture[] {
  return fixtureNames(folder).map((name) => loadFixFixture(name, folder));
}

function loadFixFixture(name: string, folder: string): FixFixture {
  const text = readFileSync(path.join(folder, name), 'utf8');
  const [first = '', ...rest] = text.split(/^(?=\/\/\/\/ )/m);
  const header = /^(?:\/\/ @.*\r?\n)*/.exec(first)?.[0] ?? '';
  const directive = (word: string): string | undefined => new RegExp(`^// @${word} ?(.*)$`, 'm').exec(header)?.[1]?.trim();
  const flags = directive('ability')?.split(/,\s*/) ?? [];
  const pretendPath = directive('path') ?? `src/${path.posix.basename(name)}`;
  const style = FIX_STYLES.find((one) => one === directive('style')) ?? 'using';
  return {
    name,
    file: path.join(folder, name),
    before: first.slice(header.length),
    sections: rest.map((section) => readSection(section, name)),
    ability: {
      using: !flags.includes('no-using'),
      stacks: flags.includes('stacks'),
      versions: { node: directive('node') ?? '^20.19.0 || >=22.12.0' },
      modules: flags.includes('cjs') ? 'cjs' : 'esm',
      typescript: !/\.[cm]?jsx?$/.test(pretendPath),
      runtime: { specifier: 'managed-scope', installed: !flags.includes('no-runtime') },
      style,
    },
    rule: directive('rule'),
    pretendPath,
    types: directive('types') !== undefined,
    runs: [...header.matchAll(/^\/\/ @run (.*)$/gm)].map(([, expression = '']) => expression.trim()),
    differs: new Set(FIX_SHAPES.filter((shape) => directive('differs')?.replace(/:.*/, '').split(/,\s*/).some((word) => word === shape || word === 'all'))),
  };
}

function readSection(text: string, name: string): Section {
  const [head = ''] = text.split('\n', 1);
  const [, word, verdict, caution] = /^\/\/\/\/ (\S+) (safe|none|caution: (.+?))\r?$/.exec(head) ?? [];
  const shape = FIX_SHAPES.find((one) => one === word);
  if (shape === undefined || verdict === undefined) throw new Error(`${name}: cannot read "${head}"`);
  return { shape, expected: caution === undefined ? (verdict === 'safe' ? 'safe' : 'none') : { caution }, after: text.slice(head.length + 1), head };
}

/** Writes what the shapes made, where the fixture names them. */
export function rewriteFixture({ file, sections }: FixFixture, made: ReadonlyMap<FixShape, string>): void {
  const [first = ''] = readFileSync(file, 'utf8').split(/^(?=\/\/\/\/ )/m);
  const written = sections.map(({ head, shape, expected, after }) => `${head}\n${expected === 'none' ? '' : (made.get(shape) ?? after)}`);
  writeFileSync(file, [first, ...written].join(''));
}
