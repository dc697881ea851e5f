import path from 'node:path';
import ts from 'typescript';
import type { AnalyseOptions } from '../engine/analyse';
import type { SourceComment } from '../configuration/suppressions';
import type { Finding, Range } from '../engine/findings';
import { applyEdits } from '../engine/fixes/edit/plan';
import { combine } from '../engine/fixes/choose';
import type { Fix, FixAbility, WrapResult } from '../engine/fixes/fix';
import { wrap } from '../engine/fixes/wrap/wrap';
import { fixesOf, type FixedFinding } from '../engine/fixes/fixes-of';
import { createAnswerer } from '../types/answer';
import { abilityOf, type FixConfiguration } from './ability';
import { answerAll, NOBODY, type Answerer } from './drive';
import { FileSystem, toCompilerPath } from './filesystem';
import { nearestPackage, statedEngines } from './packages';
import { copySettings } from './runtimeCopy';
import { convertSource, parseSource } from './parse';
import { createProjectProgram, DeclarationCache } from './program';
import { ProjectFinder } from './projects';

export interface FixerOptions {
  /** Ask TypeScript for types. Default true. */
  readonly types?: boolean;
  /** A tsconfig.json, or its folder, that every file is to belong to. Default: each file's own. */
  readonly project?: string;
}

/** A file to be fixed, as it is now: saved or not. */
export interface FixRequest {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly settings: FixConfiguration;
  readonly analyseOptions?: AnalyseOptions;
  /** Which of the findings are to be fixed: not those that a comment of the file suppresses, say. Default: all. */
  readonly select?: (findings: readonly Finding[], text: string, comments: readonly SourceComment[]) => readonly Finding[];
}

/** Makes the fixes of files. For a run or a request: what it has read of the disk it does not read again. */
export class Fixer {
  readonly #disk: FileSystem;
  readonly #projects: ProjectFinder;
  readonly #declarations: DeclarationCache;
  readonly #types: boolean;

  constructor({ types = true, project }: FixerOptions = {}) {
    this.#disk = new FileSystem();
    this.#projects = new ProjectFinder(this.#disk, project);
    this.#declarations = new DeclarationCache(this.#disk);
    this.#types = types;
  }

  /** The selected findings, each with its fixes, best first. */
  fixesOf(request: FixRequest): readonly FixedFinding[] {
    const project = this.#projects.projectOf(request.path);
    const analyseOptions: AnalyseOptions = { engines: () => statedEngines(request.path, this.#disk), ...request.analyseOptions };
    return makeFixes({ ...request, analyseOptions }, this.abilityOf(request), (parsed) => (this.#types ? createAnswerer(ts, createProjectProgram(project, [parsed], this.#disk, this.#declarations), parsed.sourceFile) : NOBODY));
  }

  abilityOf({ path: file, settings }: FixRequest): FixAbility {
    return abilityOf(file, this.#projects.projectOf(file), settings, this.#disk);
  }

  /** The request with settings by which fixes import a copy of the runtime, unless the runtime is there already. */
  withCopy(request: FixRequest): FixRequest {
    return this.abilityOf(request).runtime.installed ? request : { ...request, settings: copySettings(request.path, request.settings, this.#disk) };
  }

  /** The nearest package.json of a file. */
  manifestOf(file: string): string | undefined {
    return nearestPackage(path.posix.dirname(toCompilerPath(file)), this.#disk)?.path;
  }
}

/** Makes fixes with whoever answers questions about the text: an editor has its own. Empty for what cannot be parsed. */
export function makeFixes(request: FixRequest, ability: FixAbility, answererOf: (parsed: ReturnType<typeof parseSource>) => Answerer): readonly FixedFinding[] {
  const parsed = parseSource(request.path, request.text);
  // An edit to code that is half understood may break the other half.
  if (parsed.errors.length > 0) return [];
  const { module } = convertSource(parsed, { comments: true });
  const select = (findings: readonly Finding[]) => request.select?.(findings, request.text, module.ast.comments ?? []) ?? findings;
  return answerAll(fixesOf(module, select, ability, { style: true, ...request.analyseOptions }), answererOf(parsed)).map(({ finding, fixes }) => ({ finding, fixes: fixes.filter((fix) => parses(request, fix)) }));
}

/** What "Wrap in Managed Scope" offers for a selection (or a position, where both ends are the same) of a text; refused with a reason. */
export function wrapSelection(request: FixRequest, selection: Range, ability: FixAbility, answererOf: (parsed: ReturnType<typeof parseSource>) => Answerer): WrapResult {
  const parsed = parseSource(request.path, request.text);
  const [error] = parsed.errors;
  if (error) return { refused: `The file has a syntax error on line ${String(error.line)}.` };
  const { module } = convertSource(parsed, { comments: true });
  const result = answerAll(wrap(module, selection, ability, request.analyseOptions), answererOf(parsed));
  if ('refused' in result) return result;
  const choices = result.choices.filter((fix) => parses(request, fix));
  return choices.length > 0 ? { choices } : { refused: 'The code cannot be put into a scope.' };
}

/** Whatever a shape forgot: a text with syntax errors is never offered. */
function parses({ path: file, text }: FixRequest, { edits }: Fix): boolean {
  return parseSource(file, applyEdits(text, edits)).errors.length === 0;
}

/** Picks one of a finding's fixes, or none. */
export type PickFix = (found: FixedFinding) => Fix | undefined;

export interface FixedText {
  readonly text: string;
  readonly applied: readonly Fix[];
}

/** Rounds of fixing one file; each leaves fewer findings, so that this many are enough for any file that a person wrote. */
const MOST_ROUNDS = 25;

/** Applies what `pick` picks, until it picks nothing more: those that go together at once, the others in a next round on the new text. */
export function fixRepeatedly(fixer: Pick<Fixer, 'fixesOf'>, request: FixRequest, pick: PickFix): FixedText {
  let { text } = request;
  const applied: Fix[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = fixer.fixesOf({ ...request, text });
    const picked = found.flatMap((one) => pick(one) ?? []);
    if (picked.length === 0) break;
    const { fixes, edits } = combine(picked);
    text = applyEdits(text, edits);
    applied.push(...fixes);
  }
  return { text, applied };
}

/** The first safe fix that needs nothing added to the project. */
export const pickSafe: PickFix = ({ fixes }) => fixes.find((fix) => fix.safe && fix.addsRuntime !== true);

