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
import { abilityOf } from '../ability';
import type { LoadedConfiguration } from '../configuration';
import { answerAll, NOBODY, type Answerer } from '../drive';
import type { FileSystem } from '../filesystem';
import { makeFixes, pickSafe, wrapSelection, type FixRequest } from '../fixes';
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
}

/** Rounds of fixing one document; each leaves fewer findings. */
const MOST_ROUNDS = 25;

/** Makes the fixes of an open document, with the types of the editor's own programs. */
export class Repairs {
  readonly #input: RepairInput;
  readonly #request: FixRequest;
  readonly #ability: FixAbility;

  constructor(input: RepairInput) {
    const { path, text, configuration, settings, analyseOptions, project, disk } = input;
    this.#input = input;
    this.#request = { path, text, settings: { ...overlayFixes(configuration.configuration.fixes, settings), folder: configuration.folder }, analyseOptions };
    this.#ability = abilityOf(path, project, this.#request.settings, disk);
  }

  /** The fixes of the findings that `wanted` are, best first. */
  of(wanted: readonly Finding[]): readonly FixedFinding[] {
    return makeFixes({ ...this.#request, select: (findings) => findings.filter((finding) => wanted.some((one) => isSame(one, finding))) }, this.#ability, () => this.#answerer(this.#input.text)).map(withoutAdditions);
  }

  /** The fixes of an error of TypeScript's own that lies there. */
  ofCompilerError(range: Range): readonly Fix[] {
    const parsed = parseSource(this.#input.path, this.#input.text);
    if (parsed.errors.length > 0) return [];
    const { module } = convertSource(parsed, { comments: true });
    return answerAll(fixesOfCompilerError(module, range, this.#ability, this.#input.analyseOptions), this.#answerer(this.#input.text)).filter(({ addsRuntime }) => addsRuntime !== true);
  }

  /** "Wrap in Managed Scope" for a selection, or for a position, where both ends are the same. */
  wrap(selection: Range): WrapResult {
    const result = wrapSelection(this.#request, selection, this.#ability, () => this.#answerer(this.#input.text));
    if ('refused' in result) return result;
    const choices = result.choices.filter(({ addsRuntime }) => addsRuntime !== true);
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

  #answerer(text: string): Answerer {
    const { path, program } = this.#input;
    if (!program) return NOBODY;
    const { program: imagined, parsed } = program.imagine(path, text);
    return createAnswerer(ts, imagined, parsed.sourceFile);
  }
}

/** A fix that needs something added to the project is no edit of one document. */
function withoutAdditions({ finding, fixes }: FixedFinding): FixedFinding {
  return { finding, fixes: fixes.filter(({ addsRuntime }) => addsRuntime !== true) };
}

export function isSame(one: Finding, other: Finding): boolean {
  return one.rule === other.rule && one.start === other.start && one.end === other.end && one.acquire.start === other.acquire.start;
}
