import { parseTree } from 'jsonc-parser';
import type { FixStyle } from '../engine/fixes/fix';
import { severities, type FixSettings } from './settings';
import type { Severities } from './levels';
import { object } from './shape/objects';
import { describe, type JsonSchema, type Shape } from './shape/shape';
import { flag, integerFrom, list, oneOf, text } from './shape/values';

/** The section of an editor's settings that holds ours. */
export const SETTINGS_SECTION = 'managedScope';

/** When an open document is checked. */
export type RunOn = 'onType' | 'onSave';

/** What an editor is asked for, for each document by itself. */
export interface EditorSettings {
  readonly enable: boolean;
  readonly run: RunOn;
  /** Win over managed-scope.json, entry by entry: how loudly a person wants to be told is the person's business. */
  readonly severities: Severities;
  readonly types: boolean;
  readonly fixes: { readonly style: FixStyle };
  readonly files: { readonly exclude: readonly string[]; readonly maxSize: number; readonly generated: boolean };
  /** Megabytes. The client starts the server with it. */
  readonly memory: number;
  /** Read by the client. */
  readonly trace: { readonly server: 'off' | 'messages' | 'verbose' };
}

export const DEFAULT_EDITOR_SETTINGS: EditorSettings = {
  enable: true,
  run: 'onType',
  severities: {},
  types: true,
  fixes: { style: 'using' },
  files: { exclude: [], maxSize: 2048, generated: false },
  memory: 2048,
  trace: { server: 'off' },
};

type Loose<T> = { readonly [K in keyof T]?: T[K] extends readonly unknown[] ? T[K] : T[K] extends object ? Loose<T[K]> : T[K] };
type Written = Loose<Omit<EditorSettings, 'severities'>> & { readonly severities?: Severities };

const defaults = DEFAULT_EDITOR_SETTINGS;

/** The one declaration of the settings: it reads what an editor sends, and package.json's `contributes.configuration` is compared with it. */
const shape: Shape<Written> = object<Written>(
  {
    enable: describe(flag, 'Look for resources that are acquired and not surely released.', defaults.enable),
    run: describe(oneOf({ onType: 'Check while typing.', onSave: 'Check when a file is opened and saved.' }), 'When files are checked.', defaults.run),
    severities,
    types: describe(flag, 'Ask TypeScript for types. Without them less is found, and less time and memory is used.', defaults.types),
    fixes: object<NonNullable<Written['fixes']>>(
      {
        style: describe(
          oneOf<FixStyle>({
            using: '`using` first, with a stack that adopts what carries no dispose symbol.',
            defer: '`using` first, with a deferred release after the acquire: `await using _ = deferAsync(() => release())`.',
            callback: '`using` first, with a callback scope, `withManaged(...)`, which sees the error.',
            'try-finally': '`try` and `finally` first.',
            'no-runtime': 'Nothing that needs the `managed-scope` runtime.',
          }),
          'In which order quick fixes are offered.',
          defaults.fixes.style,
        ),
      },
      [],
    ),
    files: object<NonNullable<Written['files']>>(
      {
        exclude: describe(list(text), 'Globs of files that are not checked, relative to the workspace folder.', defaults.files.exclude),
        maxSize: describe(integerFrom(1), 'The largest file that is checked, in kilobytes.', defaults.files.maxSize),
        generated: describe(flag, 'Check generated and minified files too.', defaults.files.generated),
      },
      [],
    ),
    memory: describe(integerFrom(256), 'How much memory the language server may use, in megabytes. Close to it, files are checked without types.', defaults.memory),
    trace: object<NonNullable<Written['trace']>>(
      { server: describe(oneOf({ off: 'Nothing.', messages: 'Their names and durations.', verbose: 'Their contents too.' }), 'What the log shows of the messages between the editor and the server.', defaults.trace.server) },
      [],
    ),
  },
  [],
);

/** Settings that concern the server as a whole, not a folder or a file. */
const WINDOW_WIDE: ReadonlySet<string> = new Set(['memory', 'trace.server']);
/** Objects that are one setting each, not a group. */
const WHOLE: ReadonlySet<string> = new Set(['severities.rules', 'severities.families', 'severities.tiers']);

/** A setting as an editor's manifest states it. */
export interface ContributedSetting extends JsonSchema {
  readonly scope: 'resource' | 'window';
}

/** The settings by their full names, as package.json is to state them. */
export function contributedSettings(): Readonly<Record<string, ContributedSetting>> {
  const found: Record<string, ContributedSetting> = {};
  const collect = (schema: JsonSchema, name: string): void => {
    if (schema.properties && !WHOLE.has(name)) {
      for (const [key, inner] of Object.entries(schema.properties)) collect(inner, name === '' ? key : `${name}.${key}`);
    } else {
      const fallback = WHOLE.has(name) ? { default: {} } : {};
      found[`${SETTINGS_SECTION}.${name}`] = { ...schema, ...fallback, scope: WINDOW_WIDE.has(name) ? 'window' : 'resource' };
    }
  };
  collect(shape.schema, '');
  return found;
}

/** Reads what an editor sent for its `managedScope` section. What is wrong takes its default, and is said in `problems`. */
export function readEditorSettings(value: unknown): { readonly settings: EditorSettings; readonly problems: readonly string[] } {
  if (typeof value !== 'object' || value === null) return { settings: defaults, problems: [] };
  const problems: string[] = [];
  const tree = parseTree(JSON.stringify(value, (_key, inner: unknown) => inner ?? undefined));
  const written = (tree && shape.read(tree, (_node, message) => problems.push(message)))?.value ?? {};
  return {
    settings: {
      enable: written.enable ?? defaults.enable,
      run: written.run ?? defaults.run,
      severities: written.severities ?? defaults.severities,
      types: written.types ?? defaults.types,
      fixes: { ...defaults.fixes, ...written.fixes },
      files: { ...defaults.files, ...written.files },
      memory: written.memory ?? defaults.memory,
      trace: { ...defaults.trace, ...written.trace },
    },
    problems,
  };
}

/** The severities of a configuration file with an editor's own on top. */
export function overlaySeverities(file: Severities, editor: Severities): Severities {
  return {
    rules: { ...file.rules, ...editor.rules },
    families: { ...file.families, ...editor.families },
    tiers: { ...file.tiers, ...editor.tiers },
  };
}

/** The fixes' settings of a configuration file, with the editor's style where the file says none: how its code is written is the project's business. */
export function overlayFixes(file: FixSettings, { fixes }: EditorSettings): FixSettings {
  return { ...file, style: file.style ?? fixes.style };
}
