import type { AnalyseOptions } from '../engine/analyse';
import { MODELS } from '../engine/resources/index';
import { analyseBatch, type Candidate, type FileResult, type Note } from './batch';
import { FileSystem } from './filesystem';
import { createPrefilter } from './prefilter';
import { DeclarationCache } from './program';
import { ProjectFinder, type Project } from './projects';
import { createCheckpoint } from './slices';
import { DISK, readSource, type FileAccess } from './read';

export { ProjectError } from './projects';
export type { FileResult, Note } from './batch';

export interface SessionOptions {
  /** A tsconfig.json, or its folder, that every file is to belong to. Default: each file's own. */
  readonly project?: string;
  /** The largest file that is read, in bytes. Default 2 MiB. */
  readonly sizeLimit?: number;
  /** How source files are reached. Default: the disk. */
  readonly access?: FileAccess;
  /** Texts that stand in for what the disk has when TypeScript asks, by canonical path. */
  readonly overlay?: ReadonlyMap<string, string>;
}

export interface CheckOptions {
  /** Ask TypeScript for types. Default true. */
  readonly types?: boolean;
  readonly analyseOptions?: AnalyseOptions;
  /** Which files are test code (see tests.ts). Default: the engine decides by the path. `analyseOptions.test` wins over it. */
  readonly isTest?: (file: string) => boolean;
  /** Told after each file, `done` of `total`. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly file: string }) => void;
  /** Told of each result as it comes. */
  readonly onFile?: (result: FileResult) => void;
  /** Ends the run: `checkFiles` rejects with the signal's reason at the next file. */
  readonly signal?: AbortSignal;
  /** Awaited between two files: what is more urgent may go first. */
  readonly pause?: () => Promise<void>;
}

export interface CheckResult {
  /** The files that were analysed, by path: those that mention a name that could acquire. */
  readonly files: readonly FileResult[];
  /** How many files were looked at: the analysed ones and those that mention nothing. */
  readonly checked: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** What went less than well: syntax errors, unusable tsconfig files. */
  readonly notes: readonly Note[];
  /** How many files were analysed with types. */
  readonly typed: number;
  readonly milliseconds: number;
}

export interface Session {
  /**
   * Checks files. They are read, those without any acquiring name let go, the rest parsed and analysed, a project at a time.
   * Rejects with a ProjectError when the project that was asked for is unusable; whatever is wrong with a single file is in the result.
   */
  readonly checkFiles: (paths: readonly string[], options?: CheckOptions) => Promise<CheckResult>;
}

export function createSession(options: SessionOptions = {}): Session {
  return { checkFiles: (paths, check = {}) => checkFiles(paths, options, check) };
}

async function checkFiles(paths: readonly string[], session: SessionOptions, options: CheckOptions): Promise<CheckResult> {
  const started = performance.now();
  const checkpoint = createCheckpoint(options.signal, options.pause);
  const files: FileResult[] = [];
  const skipped: { file: string; reason: string }[] = [];
  const notes: Note[] = [];
  let done = 0;
  const advance = (file: string) => options.onProgress?.({ done: (done += 1), total: paths.length, file });

  const disk = new FileSystem(session.overlay);
  const projects = options.types === false ? undefined : new ProjectFinder(disk, session.project);
  const passes = createPrefilter([...MODELS, ...(options.analyseOptions?.models ?? [])]);
  const batches = new Map<string, { project?: Project; candidates: Candidate[] }>();
  for (const file of paths) {
    await checkpoint();
    const read = readSource(file, session.access ?? DISK, session.sizeLimit);
    if ('skipped' in read) skipped.push({ file, reason: read.skipped });
    else if (passes(read.text)) {
      const project = projects?.projectOf(file);
      const key = project?.key ?? '';
      const batch = batches.get(key) ?? { ...(project && { project }), candidates: [] };
      batch.candidates.push({ path: file, text: read.text });
      batches.set(key, batch);
      continue;
    }
    advance(file);
  }

  const declarations = new DeclarationCache(disk);
  for (const [key, { project, candidates }] of batches) {
    batches.delete(key);
    const context = { ...(project && { project }), disk, declarations, analyseOptions: { ...options.analyseOptions }, ...(options.isTest && { isTest: options.isTest }) };
    await analyseBatch(candidates, context, {
      onResult: (result) => {
        files.push(result);
        options.onFile?.(result);
        advance(result.path);
      },
      onSkipped: (file, reason) => {
        skipped.push({ file, reason });
        advance(file);
      },
      onNote: (note) => notes.push(note),
      checkpoint,
    });
  }

  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  notes.push(...(projects?.problems ?? []));
  return {
    files,
    checked: paths.length - skipped.length,
    skipped,
    notes,
    typed: files.filter((file) => file.typed).length,
    milliseconds: Math.round(performance.now() - started),
  };
}
