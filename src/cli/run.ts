import type { Configuration } from '../configuration/configuration';
import type { AnalyseOptions } from '../engine/analyse';
import type { RuleId } from '../engine/rules/registry';
import { createSession, ProjectError, type FileResult, type Note } from '../workspace/session';
import type { ConfigurationGroup } from './configurations';
import { Failure } from './failure';

export interface RunOptions {
  readonly types: boolean;
  /** Absolute path of the tsconfig.json that was asked for. */
  readonly project?: string;
  readonly rules?: ReadonlySet<RuleId>;
  readonly isTest: (file: string) => boolean;
  readonly onProgress: (done: number, total: number, file: string) => void;
}

export interface RunResult {
  readonly files: readonly { readonly configuration: Configuration; readonly result: FileResult }[];
  /** Absolute paths of all files that were looked at, also of those without anything that could acquire. */
  readonly checked: readonly string[];
  readonly typed: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly notes: readonly Note[];
}

/** Has the files analysed, a configuration at a time. */
export async function runSession(groups: readonly ConfigurationGroup[], options: RunOptions): Promise<RunResult> {
  const session = createSession(options.project === undefined ? {} : { project: options.project });
  const total = groups.reduce((sum, { files }) => sum + files.length, 0);
  const results: { configuration: Configuration; result: FileResult }[] = [];
  const checked: string[] = [];
  const skipped: { file: string; reason: string }[] = [];
  const notes: Note[] = [];
  let before = 0;
  let typed = 0;
  for (const { configuration, files } of groups) {
    const offset = before;
    const result = await session
      .checkFiles(files, {
        types: options.types,
        isTest: options.isTest,
        analyseOptions: analyseOptionsOf(configuration, options.rules),
        onProgress: ({ done, file }) => { options.onProgress(offset + done, total, file); },
      })
      .catch((error: unknown) => {
        throw error instanceof ProjectError ? new Failure(lowerFirst(error.message)) : error;
      });
    const left = new Set(result.skipped.map(({ file }) => file));
    results.push(...result.files.map((file) => ({ configuration, result: file })));
    checked.push(...files.filter((file) => !left.has(file)));
    skipped.push(...result.skipped);
    notes.push(...result.notes);
    typed += result.typed;
    before += files.length;
  }
  return { files: results, checked, typed, skipped, notes };
}

export function analyseOptionsOf({ models, tests }: Configuration, rules: ReadonlySet<RuleId> | undefined): AnalyseOptions {
  return { models, ...(rules ? { rules } : {}), ...(tests === 'same' ? { test: false } : {}) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
