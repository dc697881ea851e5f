import path from 'node:path';
import ts from 'typescript';
import { overlayFixes, type EditorSettings } from '../../configuration/editorSettings';
import { judge, type Verdict } from '../../configuration/judge';
import type { AnalyseOptions } from '../../engine/analyse';
import type { Finding, Range } from '../../engine/findings';
import { combine } from '../../engine/fixes/choose';
import { fixesOfCompilerError } from '../../engine/fixes/compiler-errors';
import { applyEdits } from '../../engine/fixes/edit/plan';
import type { Fix, FixAbility, WrapResult } from '../../engine/fixes/fix';
import type { FixedFinding } from '../../engine/fixes/fixes-of';
import { createAnswerer } from '../../types/answer';
import { abilityOf, type FixConfiguration } from '../ability';
import type { LoadedConfiguration } from '../configuration';
import { answerAll, NOBODY, type Answerer } from '../drive';
import type { FileSystem } from '../filesystem';
import { makeFixes, pickSafe, wrapSelection, type FixRequest } from '../fixes';
import { copySettings, runtimeCopy, type RuntimeCopy } from '../runtimeCopy';
import { convertSource, parseSource } from '../parse';
import type { Project } from '../projects';
import type { LiveProgram } from './liveProgram';

/** What the fixes of an open document are made from. */
export interface RepairInput {
  readonly path: string;
  readonly text: string;
  readonly configuration: LoadedConfiguration;
  readonly settings: EditorSettings;
  readonly analyseOptions: AnalyseOptions;
  readonly project: Project | undefined;
  /** Absent: without types. */
  readonly program: LiveProgram | undefined;
  readonly disk: FileSystem;
  /** The editor can bring a file into the project, so that fixes may import the runtime where it is not yet. */
  readonly mayAddRuntime: boolean;
}

/** The runtime as a file that a fix brings along. */
export interface AddedRuntime extends RuntimeCopy {
  /** Its path as a person reads it: relative to its package. */
  readonly shown: string;
}

/** Rounds of fixing one document; each leaves fewer findings. */
const MOST_ROUNDS = 25;

/** Makes the fixes of an open document, with the types of the editor's own programs. */
export class Repairs {
  readonly #input: RepairInput;
  readonly #request: FixRequest;
  readonly #ability: FixAbility;
  /** What fixes that need the runtime bring along; refused, in the rest of a sentence, where there is nothing to add. */
  readonly runtime: AddedRuntime | { readonly refused: string };

  constructor(input: RepairInput) {
    const { path: file, text, configuration, settings, analyseOptions, project, disk } = input;
    this.#input = input;
    const wanted = { ...overlayFixes(configuration.configuration.fixes, settings), folder: configuration.folder };
    const today = abilityOf(file, project, wanted, disk);
    const withCopy = today.runtime.installed || !input.mayAddRuntime ? wanted : copySettings(file, wanted, disk);
    this.#request = { path: file, text, settings: withCopy, analyseOptions };
    this.#ability = withCopy === wanted ? today : abilityOf(file, project, withCopy, disk);
    this.runtime = this.#ability.runtime.installed ? { refused: 'it is there already' } : input.mayAddRuntime ? addedRuntime(withCopy, this.#ability.modules) : { refused: 'this editor cannot create files for a server' };
  }

  /** The fixes of the findings that `wanted` are, best first. */
  of(wanted: readonly Finding[]): readonly FixedFinding[] {
    return makeFixes({ ...this.#request, select: (findings) => findings.filter((finding) => wanted.some((one) => isSame(one, finding))) }, this.#ability, () => this.#answerer(this.#input.text)).map(({ finding, fixes }) => ({ finding, fixes: this.#possible(fixes) }));
  }

  /** The fixes of an error of TypeScript's own that lies there. */
  ofCompilerError(range: Range): readonly Fix[] {
    const parsed = parseSource(this.#input.path, this.#input.text);
    if (parsed.errors.length > 0) return [];
    const { module } = convertSource(parsed, { comments: true });
    return this.#possible(answerAll(fixesOfCompilerError(module, range, this.#ability, this.#input.analyseOptions), this.#answerer(this.#input.text)));
  }

  /** "Wrap in Managed Scope" for a selection, or for a position, where both ends are the same. */
  wrap(selection: Range): WrapResult {
    const result = wrapSelection(this.#request, selection, this.#ability, () => this.#answerer(this.#input.text));
    if ('refused' in result) return result;
    const choices = this.#possible(result.choices);
    return choices.length > 0 ? { choices } : { refused: 'The scope would need the managed-scope package, which this project does not have.' };
  }

  /** The text with every safe fix of what is said applied, round by round. What is suppressed or in a baseline is told by rule and acquire from what is said: positions move. */
  all(verdicts: readonly Verdict[]): string {
    let { text } = this.#input;
    const keyOf = ({ rule, acquire }: Finding, within: string): string => `${rule} ${within.slice(acquire.start, acquire.end)}`;
    const said = new Set(verdicts.flatMap(({ finding }) => (finding ? [keyOf(finding, text)] : [])));
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const current = text;
      const select: FixRequest['select'] = (findings, _text, comments) =>
        judge({ findings, text: current, comments, complete: false }, this.#input.configuration.configuration).flatMap(({ finding }) => (finding && said.has(keyOf(finding, current)) ? [finding] : []));
      const found = makeFixes({ ...this.#request, text, select }, this.#ability, () => this.#answerer(current));
      const picked = found.flatMap((one) => pickSafe(one) ?? []);
      if (picked.length === 0) break;
      text = applyEdits(text, combine(picked).edits);
    }
    return text;
  }

  /** Without those that need what the editor cannot add. */
  #possible(fixes: readonly Fix[]): readonly Fix[] {
    return fixes.filter(({ addsRuntime }) => addsRuntime !== true || !('refused' in this.runtime));
  }

  #answerer(text: string): Answerer {
    const { path: file, program } = this.#input;
    if (!program) return NOBODY;
    const { program: imagined, parsed } = program.imagine(file, text);
    return createAnswerer(ts, imagined, parsed.sourceFile);
  }
}

/** The copy that the settings ask for, or why it may not lie there. */
function addedRuntime(settings: FixConfiguration, modules: FixAbility['modules']): AddedRuntime | { readonly refused: string } {
  const copy = runtimeCopy(settings, modules);
  return 'refused' in copy ? copy : { ...copy, shown: path.relative(settings.folder, copy.path).replaceAll(path.sep, '/') };
}

function isSame(one: Finding, other: Finding): boolean {
  return one.rule === other.rule && one.start === other.start && one.end === other.end && one.acquire.start === other.acquire.start;
}
