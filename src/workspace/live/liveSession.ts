import { setImmediate, setTimeout } from 'node:timers/promises';
import { overlaySeverities } from '../../configuration/editorSettings';
import { judge, type Verdict } from '../../configuration/judge';
import { countLines, type LineIndex } from '../../configuration/lines';
import type { AnalyseOptions } from '../../engine/analyse';
import type { Life } from '../../engine/lifecycle';
import { MODELS } from '../../engine/resources/index';
import { statedEngines } from '../packages';
import { LiveBaselines } from '../baseline';
import type { LoadedConfiguration } from '../configuration';
import { canonicalPath } from '../filesystem';
import { createPrefilter, type Prefilter } from '../prefilter';
import { createCheckpoint, type Checkpoint } from '../slices';
import { createTestFinder } from '../tests';
import { analyseDocument, answersStillHold, type LiveAnalysis } from './analyseDocument';
import { isLeftOut, type Wishes } from './gate';
import { LiveConfigurations } from './liveConfigurations';
import { LiveProjects } from './liveProjects';
import { MemoryGuard } from './memoryGuard';
import { OpenDocument, Superseded } from './openDocument';
import { WorkQueue } from './queue';
import { Repairs, type RepairInput } from './repairs';

export { Superseded } from './openDocument';
export type { Wishes } from './gate';

/** A document with what is to be said of it. */
export interface CheckedDocument {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly verdicts: readonly Verdict[];
  readonly lives: readonly Life[];
  /** What the verdicts were made from; absent for a document that was not looked into. */
  readonly analysis?: LiveAnalysis;
  readonly configuration: LoadedConfiguration;
  readonly typed: boolean;
}

/** The longest pause in typing that is waited for, in milliseconds. */
const MOST_PATIENCE = 200;

export interface LiveSessionOptions {
  readonly memory?: MemoryGuard;
  /** Told what a person who looks for the reason of something should read. */
  readonly log?: (message: string) => void;
}

/**
 * What an editor's session knows: open documents over the disk, their projects' programs, the configurations in force. Documents are
 * known by absolute path. Only open documents are kept; the rest of a workspace is checked in batches (see workspaceCheck.ts).
 */
export class LiveSession {
  readonly configurations = new LiveConfigurations();
  readonly baselines = new LiveBaselines();
  readonly #memory: MemoryGuard;
  readonly #log: (message: string) => void;
  readonly #overlay = new Map<string, string>();
  readonly #documents = new Map<string, OpenDocument>();
  readonly #projects: LiveProjects;
  readonly #queue = new WorkQueue();
  readonly #prefilters = new WeakMap<LoadedConfiguration, Prefilter>();
  readonly #keys = new WeakMap<LoadedConfiguration, number>();
  #keysGiven = 0;
  #isTest = createTestFinder('/');

  constructor({ memory, log }: LiveSessionOptions = {}) {
    this.#memory = memory ?? new MemoryGuard();
    this.#log = log ?? (() => undefined);
    this.#projects = new LiveProjects(this.#overlay, () => this.#memory.mayGrow());
  }

  /** Types are asked for; not any longer once memory ran short. */
  get typed(): boolean {
    return this.#memory.typesAllowed;
  }

  /** Open documents' texts by canonical path. */
  get overlay(): ReadonlyMap<string, string> {
    return this.#overlay;
  }

  /** `saved`: the path is one on the disk, not one made up for a document that has none. */
  open(path: string, text: string, saved = true): void {
    this.#documents.get(canonicalPath(path))?.stop();
    this.#documents.set(canonicalPath(path), new OpenDocument(path, saved, text));
    this.#overlay.set(canonicalPath(path), text);
    this.#projects.changed(path);
  }

  /** Tells whether the text is another than before. */
  edit(path: string, text: string): boolean {
    const document = this.#documents.get(canonicalPath(path));
    if (!document || document.text === text) return false;
    document.edit(text);
    this.#overlay.set(canonicalPath(path), text);
    this.#projects.changed(path);
    return true;
  }

  close(path: string): void {
    this.#documents.get(canonicalPath(path))?.stop();
    this.#documents.delete(canonicalPath(path));
    this.#overlay.delete(canonicalPath(path));
    this.#projects.changed(path);
    this.#projects.closed(path);
  }

  isOpen(path: string): boolean {
    return this.#documents.has(canonicalPath(path));
  }

  /** The text of a file changed on the disk. */
  changed(path: string): void {
    if (!this.isOpen(path)) this.#projects.changed(path);
  }

  /** Files came or went, a project's configuration changed, packages were installed. */
  restart(what: 'packages' | 'sources'): void {
    this.#isTest = createTestFinder('/');
    this.#projects.restart(what);
  }

  /** Gives types another try after memory ran short. */
  restoreTypes(): void {
    this.#memory.restart();
  }

  isTest(path: string): boolean {
    return this.#isTest(path);
  }

  /** Settles once no open document waits to be checked. */
  whenIdle(): Promise<void> {
    return this.#queue.idle();
  }

  /**
   * Checks an open document as it is now; `undefined` when it is not open. What was concluded before is used as far as it still holds.
   * Rejects with Superseded when an edit came in between, with the signal's reason when that ended it.
   */
  async check(path: string, wishes: Wishes, signal?: AbortSignal): Promise<CheckedDocument | undefined> {
    const document = this.#documents.get(canonicalPath(path));
    if (!document) return undefined;
    const { text } = document;
    const configuration = this.configurations.holdingFor(path);
    const base = { path, text, lines: countLines(text), configuration };
    const test = this.#isTest(path);
    if (isLeftOut({ path, saved: document.saved, text, test }, wishes, configuration) || !this.#passes(text, configuration)) return { ...base, verdicts: [], lives: [], typed: true };
    const typed = wishes.settings.types && this.#memory.typesAllowed;
    const analysis = await this.#analysis(document, this.#optionsFor(path, configuration), typed, this.#keyOf(configuration), signal);
    if (document.text !== text) throw new Superseded('the document changed');
    const severities = overlaySeverities(configuration.configuration.severities, wishes.settings.severities);
    const said = judge({ ...analysis, lines: base.lines }, { ...configuration.configuration, severities });
    const verdicts = this.baselines.hideKnown({ result: { path, ...analysis }, verdicts: said }, configuration, this.#log);
    return { ...base, verdicts, lives: analysis.lives, analysis, typed: analysis.typed };
  }

  /** What makes the fixes of a document that was just checked. `mayAddRuntime`: the editor can bring a file into the project. */
  repairsOf({ path, text, configuration }: CheckedDocument, { settings }: Wishes, { mayAddRuntime }: Pick<RepairInput, 'mayAddRuntime'>): Repairs {
    const typed = settings.types && this.#memory.typesAllowed;
    const program = this.#projects.programOf(path);
    return new Repairs({
      path,
      text,
      configuration,
      settings,
      analyseOptions: this.#optionsFor(path, configuration),
      project: program.project,
      program: typed ? program : undefined,
      disk: this.#projects.disk,
      mayAddRuntime,
    });
  }

  #optionsFor(path: string, { configuration: { models, tests } }: LoadedConfiguration): AnalyseOptions {
    // Hints on style as the command line has them: what a check of the workspace says of a file holds when it is opened.
    return { models, style: true, engines: () => statedEngines(path, this.#projects.disk), test: tests !== 'same' && this.#isTest(path) };
  }

  async #analysis(document: OpenDocument, options: AnalyseOptions, typed: boolean, configurationKey: string, signal: AbortSignal | undefined): Promise<LiveAnalysis> {
    const key = `${configurationKey}:${String(typed)}:${String(options.test)}`;
    const { concluded } = document;
    const sound = concluded?.key === key && concluded.analysis.text === document.text ? concluded : undefined;
    if (sound && (sound.analysis.asked.length === 0 || !typed || this.#projects.programOf(document.path).epoch === sound.epoch)) return sound.analysis;
    return document.share(key, signal, async (stop) => {
      // What the editor has sent meanwhile is read first. In a burst of edits, an analysis that is dear waits for a pause of about its cost.
      if (document.hurried) await setTimeout(Math.min(document.cost, MOST_PATIENCE), undefined, { signal: stop }).catch(() => undefined);
      else await setImmediate();
      stop.throwIfAborted();
      return this.#queue.run(async () => {
        const checkpoint = createCheckpoint(stop);
        await checkpoint();
        return this.#conclude(document, sound?.analysis, options, typed, key, checkpoint);
      });
    });
  }

  async #conclude(document: OpenDocument, before: LiveAnalysis | undefined, options: AnalyseOptions, typed: boolean, key: string, checkpoint: Checkpoint): Promise<LiveAnalysis> {
    const { path, text } = document;
    const started = performance.now();
    const program = typed ? this.#projects.programOf(path) : undefined;
    program?.parse(path, text);
    // Taken before anything is answered: what changes meanwhile may make the answers old.
    const epoch = program?.epoch ?? 0;
    const holds = before && program ? await answersStillHold(before, path, program, checkpoint) : false;
    const analysis = before && holds ? before : await analyseDocument(path, text, program, options, checkpoint);
    for (const note of analysis === before ? [] : analysis.notes) this.#log(`${path}: ${note}`);
    document.concluded = { analysis, key, epoch };
    document.cost = performance.now() - started;
    const short = program && this.#memory.ranShort(() => { this.#projects.releaseAll(); });
    if (short) {
      // What was left unanswered for want of memory is asked again.
      document.concluded = undefined;
      this.#log(this.#memory.typesAllowed ? 'Memory ran short: programs were let go.' : 'Memory ran short: files are checked without types from now on.');
    }
    return analysis;
  }

  #passes(text: string, configuration: LoadedConfiguration): boolean {
    let passes = this.#prefilters.get(configuration);
    if (!passes) this.#prefilters.set(configuration, (passes = createPrefilter([...MODELS, ...configuration.configuration.models])));
    return passes(text);
  }

  /** The same for the same configuration, as it was read: a new reading is a new one. */
  #keyOf(configuration: LoadedConfiguration): string {
    let key = this.#keys.get(configuration);
    if (key === undefined) this.#keys.set(configuration, (key = this.#keysGiven += 1));
    return String(key);
  }
}
