import path from 'node:path';
import type { Configuration } from '../../configuration/configuration';
import { judge } from '../../configuration/judge';
import type { AnalyseOptions } from '../../engine/analyse';
import type { Finding } from '../../engine/findings';
import type { Fix, FixShape } from '../../engine/fixes/fix';
import type { RuleId } from '../../engine/rules/registry';
import type { FixConfiguration } from '../../workspace/ability';
import { type Fixer, fixRepeatedly, type FixRequest, type PickFix } from '../../workspace/fixes';
import type { FileResult } from '../../workspace/session';
import { analyseOptionsOf } from '../run';

export interface FixOptions {
  readonly types: boolean;
  readonly project?: string;
  readonly rules?: ReadonlySet<RuleId>;
  readonly cwd: string;
  readonly isTest: (file: string) => boolean;
  /** A shape that is applied although it is not safe, beside the safe ones. */
  readonly suggestions?: FixShape;
  /** How the runtime is added where fixes import it and it is not there yet. Absent: such fixes are left out. */
  readonly addRuntime?: AddRuntime;
  readonly write: boolean;
}

/** A copy of the runtime in the project, or its package as a dependency. */
export type AddRuntime = 'copy' | 'dependency';

/** A file that had something to say, with the configuration that holds for it. */
export interface Fixable {
  readonly configuration: Configuration;
  readonly result: FileResult;
}

/** A finding of a file that nobody wants to hear of, and so not to have fixed: a baseline knows it. */
export type Hides = (file: string, finding: Finding, text: string) => boolean;

/** What became of one file. */
export interface FixedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly applied: readonly Fix[];
  /** Where its fixes import the runtime from. */
  readonly settings: FixConfiguration;
}

/** A request for the fixes of a file, as its configuration wants them. */
export function requestFor({ configuration, result }: Fixable, { rules, cwd, isTest }: Pick<FixOptions, 'rules' | 'cwd' | 'isTest'>, hides: Hides = () => false): FixRequest {
  const analyseOptions: AnalyseOptions = { test: isTest(result.path), ...analyseOptionsOf(configuration, rules) };
  return {
    path: result.path,
    text: result.text,
    settings: { ...configuration.fixes, folder: configuration.path === undefined ? cwd : path.dirname(configuration.path) },
    analyseOptions,
    select: (findings, text, comments) =>
      judge({ text, comments, findings, complete: false }, configuration, rules).flatMap(({ finding }) => (finding && !hides(result.path, finding, text) ? [finding] : [])),
  };
}

/** Fixes files one after the other, and writes none of them. */
export function* fixFiles(files: readonly Fixable[], options: FixOptions, hides: Hides, fixer: Fixer): Generator<FixedFile> {
  const pick = pickFor(options);
  for (const file of files) {
    const { path: at, text: before } = file.result;
    const request = requestFor(file, options, hides);
    const { settings } = options.addRuntime === 'copy' ? fixer.withCopy(request) : request;
    const { text: after, applied } = fixRepeatedly(fixer, { ...request, settings }, pick);
    if (after !== before) yield { path: at, before, after, applied, settings };
  }
}

function pickFor({ suggestions, addRuntime }: FixOptions): PickFix {
  return ({ fixes }) => {
    const usable = fixes.filter((fix) => addRuntime !== undefined || fix.addsRuntime !== true);
    return usable.find((fix) => fix.shape === suggestions) ?? usable.find((fix) => fix.safe);
  };
}
