import path from 'node:path';
import type { Configuration } from '../../configuration/configuration';
import { judge } from '../../configuration/judge';
import type { AnalyseOptions } from '../../engine/analyse';
import type { Finding } from '../../engine/findings';
import type { FixShape } from '../../engine/fixes/fix';
import type { RuleId } from '../../engine/rules/registry';
import { Fixer, fixRepeatedly, type Applied, type FixRequest, type PickFix } from '../../workspace/fixes';
import type { FileResult } from '../../workspace/session';
import { analyseOptionsOf } from '../run';
import { replaceFile } from './write';

export interface FixOptions {
  readonly types: boolean;
  readonly project?: string;
  readonly rules?: ReadonlySet<RuleId>;
  readonly cwd: string;
  readonly isTest: (file: string) => boolean;
  /** A shape that is applied although it is not safe, beside the safe ones. */
  readonly suggestions?: FixShape;
  /** Fixes may import the runtime where it is not there yet: it is being added. */
  readonly addsRuntime: boolean;
  readonly write: boolean;
}

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
  readonly applied: readonly Applied[];
  /** It could not be written. */
  readonly refused?: string;
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

/** Fixes files one after the other. Nothing is written of a file that can't be written whole. */
export function* fixFiles(files: readonly Fixable[], options: FixOptions, hides: Hides): Generator<FixedFile> {
  const fixer = new Fixer({ types: options.types, ...(options.project === undefined ? {} : { project: options.project }) });
  const pick = pickFor(options);
  for (const file of files) {
    const { path: at, text: before } = file.result;
    const { text: after, applied } = fixRepeatedly(fixer, requestFor(file, options, hides), pick);
    if (after === before) continue;
    const written = options.write ? replaceFile(at, before, after) : { written: true };
    yield { path: at, before, after, applied, ...('refused' in written ? { refused: written.refused } : {}) };
  }
}

function pickFor({ suggestions, addsRuntime }: FixOptions): PickFix {
  return ({ fixes }) => {
    const usable = fixes.filter((fix) => addsRuntime || fix.addsRuntime !== true);
    return usable.find((fix) => fix.shape === suggestions) ?? usable.find((fix) => fix.safe);
  };
}
