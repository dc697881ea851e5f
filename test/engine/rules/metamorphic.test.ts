import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { SourceModule } from '../../../src/engine/analyse';
import { parseSource } from '../../../src/workspace/parse';
import { applyEdits, type Edit } from '../harness/edits';
import { fixtureNames, loadFixture, type Fixture } from '../harness/load';
import { parseText } from '../harness/parse';
import { renameLocals } from '../harness/rename-locals';
import { aliasConstants, castValues, extractReleases, parenthesise } from '../harness/rewrites';
import { findIn } from '../harness/run';

/** A change that means nothing to the life of any resource. */
interface Change {
  readonly title: string;
  readonly change: (module: SourceModule) => string;
  /** Fixtures that are about the very thing that changes. */
  readonly except?: (name: string) => boolean;
  /** The text has syntax errors afterwards, on purpose. */
  readonly breaks?: true;
}

const rewritten = (edits: (module: SourceModule) => readonly Edit[]) => (module: SourceModule) => applyEdits(module.text, edits(module));

const CHANGES: readonly Change[] = [
  { title: 'renamed locals', change: rewritten(renameLocals) },
  { title: 'parentheses', change: rewritten(parenthesise) },
  { title: 'casts and assertions', change: rewritten(castValues) },
  // A second name keeps what a `using` would take away from the first.
  { title: 'an alias for each constant', change: rewritten(aliasConstants), except: (name) => name.startsWith('prefer-using/') },
  // There the findings are about the release call itself.
  { title: 'releases moved into a function', change: rewritten(extractReleases), except: (name) => /^(?:unawaited-release|wrong-release|acquire-not-awaited|redundant-release)\//.test(name) },
  { title: 'CRLF', change: ({ text }) => text.replaceAll('\n', '\r\n') },
  { title: 'a broken statement at the end', change: ({ text }) => `${text}\nconst broken = (;\n`, breaks: true },
];

const fixtures = fixtureNames()
  .map((name) => loadFixture(name))
  .filter(({ facts }) => facts !== 'types');

function verdictOn(module: SourceModule, fixture: Fixture): string[] {
  return findIn(module, undefined, fixture)
    .map(({ rule, tier }) => `${rule} ${tier}`)
    .sort();
}

const unchanged = new Map<string, { readonly module: SourceModule; readonly verdict: readonly string[] }>();

/** The fixture as it is: parsed and judged once for all changes. */
function asItIs(fixture: Fixture): { readonly module: SourceModule; readonly verdict: readonly string[] } {
  const { name, pretendPath, text } = fixture;
  let known = unchanged.get(name);
  if (!known) {
    const module = parseText(pretendPath, text);
    unchanged.set(name, (known = { module, verdict: verdictOn(module, fixture) }));
  }
  return known;
}

function folderOf({ name }: Fixture): string {
  return name.split('/').slice(0, -1).join('/');
}

describe('changes that mean nothing', () => {
  const folders = [...new Set(fixtures.map(folderOf))];

  after(() => {
    unchanged.clear();
  });

  for (const { title, change, except, breaks } of CHANGES) {
    describe(title, () => {
      let touched = 0;

      for (const folder of folders) {
        const members = fixtures.filter((fixture) => folderOf(fixture) === folder && !except?.(fixture.name));
        if (members.length === 0) continue;
        it(`leave the verdict on ${folder}`, () => {
          const moved = members.flatMap((fixture) => {
            const { module, verdict } = asItIs(fixture);
            const text = change(module);
            if (text === fixture.text) return [];
            touched += 1;
            if (!breaks) assert.deepEqual(parseSource(fixture.pretendPath, text).errors, [], `${fixture.name} does not parse any more\n${text}`);
            const after = verdictOn(parseText(fixture.pretendPath, text), fixture);
            return isDeepStrictEqual(after, verdict) ? [] : [{ said: `${fixture.name}: [${verdict.join(', ')}] became [${after.join(', ')}]`, text }];
          });
          // One text is enough to see what happens.
          if (moved.length > 0) assert.fail([...moved.map(({ said }) => said), moved[0]?.text].join('\n'));
        });
      }

      it('are made somewhere', () => {
        assert.ok(touched > 50, `only ${touched} fixtures changed`);
      });
    });
  }
});
