import { TIERS, type Tier } from '../engine/findings';
import type { FixStyle } from '../engine/fixes/fix';
import type { LibraryModel } from '../engine/resources/model';
import { FAMILIES, LEVELS, REPORTABLE, TIER_SUMMARIES, type Severities } from './levels';
import { libraryModel } from './models';
import { object, table } from './shape/objects';
import { describe, type JsonSchema, type Shape } from './shape/shape';
import { flag, list, oneOf, text } from './shape/values';

/** The least certain tier that makes a run fail. */
export type FailOn = Tier | 'never';
export const FAIL_ON: readonly FailOn[] = [...TIERS, 'never'];

/** What becomes of findings in test files. */
export type TestTreatment = 'lower' | 'same' | 'off';

/** managed-scope.json as it is written: everything may be left out. */
export interface Settings {
  readonly $schema?: string;
  readonly severities?: Severities;
  readonly files?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] };
  readonly tests?: TestTreatment;
  readonly failOn?: FailOn;
  readonly baseline?: string;
  readonly suppressions?: { readonly requireReason?: boolean };
  readonly fixes?: FixSettings;
  readonly models?: readonly LibraryModel[];
}

/** How fixes are written. */
export interface FixSettings {
  readonly style?: FixStyle;
  readonly runtime?: {
    /** The specifier by which the runtime is imported. */
    readonly import?: string;
    /** Where the project keeps its copy of the runtime, relative to the configuration file. */
    readonly copyTo?: string;
  };
}

const level = oneOf(LEVELS);

/** Levels by rule, family and tier: in managed-scope.json and in an editor's settings alike. */
export const severities = object<Severities>(
  {
    rules: describe(table('rule', REPORTABLE, level), 'Levels by rule. Wins over families and tiers.'),
    families: describe(table('family', FAMILIES, level), 'Levels by what the resource is. Wins over tiers.'),
    tiers: describe(table('tier', TIER_SUMMARIES, level), 'Levels by how sure a finding is.'),
  },
  [],
);

/** The one declaration of the file: what validates it, and what its JSON Schema is generated from. */
export const settings: Shape<Settings> = object<Settings>(
  {
    $schema: describe(text, 'Where this schema lies; for editors that do not know it.'),
    severities: describe(severities, 'How loudly findings are said. The most special setting wins: rule, then family, then tier.'),
    files: describe(
      object(
        {
          include: describe(list(text), 'Globs of files to check, relative to this file. Default: all.'),
          exclude: describe(list(text), 'Globs of files not to check, relative to this file. Wins over include.'),
        },
        [],
      ),
      'Which files are checked.',
    ),
    tests: describe(
      oneOf({ lower: 'Findings in test files go one tier lower.', same: 'As everywhere else.', off: 'Test files are not checked.' }),
      'What becomes of findings in test files.',
      'lower',
    ),
    failOn: describe(
      oneOf({
        definite: 'Definite findings fail the run.',
        potential: 'Definite and potential findings fail the run.',
        hint: 'Every finding fails the run.',
        never: 'The run never fails for what it finds.',
      }),
      'From which tier on the command line exits with 1; --fail-on wins over it.',
      'definite',
    ),
    baseline: describe(text, 'A file of known findings that are not said again, relative to this file; --baseline wins over it.'),
    suppressions: describe(
      object({ requireReason: describe(flag, 'Report suppression comments that give no reason.', false) }, []),
      'Suppression comments.',
    ),
    fixes: describe(
      object<FixSettings>(
        {
          style: describe(
            oneOf({
              using: '`using` where the resource has the symbol, else a stack.',
              defer: 'As `using`; what lacks the symbol is released by `defer` behind the acquire.',
              callback: 'As `using`; what lacks the symbol is released by a callback scope, `withManaged`.',
              'try-finally': 'try/finally first.',
              'no-runtime': 'Nothing that would have to import the runtime.',
            }),
            'What is offered first, of what is right.',
            'using',
          ),
          runtime: describe(
            object(
              {
                import: describe(text, 'The specifier by which fixes import the runtime.', 'managed-scope'),
                copyTo: describe(text, 'The file that holds the copy of the runtime, relative to this file: fixes then import it from there.'),
              },
              [],
            ),
            'Where fixes get the runtime from.',
          ),
        },
        [],
      ),
      'How fixes are written.',
    ),
    models: describe(list(libraryModel), 'Libraries that only this project knows, in the words of the built-in models.'),
  },
  [],
);

/** The JSON Schema of managed-scope.json. */
export function generateSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Managed Scope',
    description: 'Configuration of Managed Scope, which finds resources that are acquired and not surely released.',
    ...settings.schema,
  };
}
