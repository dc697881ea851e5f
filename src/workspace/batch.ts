import ts from 'typescript';
import { analyse, type AnalyseOptions, type Analysis, type SourceModule } from '../engine/analyse';
import type { Query } from '../engine/facts';
import type { Finding } from '../engine/findings';
import { createAnswerer } from '../types/answer';
import { NOBODY, runToEnd, runUntilAsked } from './drive';
import { nameEnclosing } from '../configuration/enclosing';
import type { SourceComment } from '../configuration/suppressions';
import type { FileSystem } from './filesystem';
import { releaseMemory } from './memory';
import { convertSource, parseSource, type ParsedFile } from './parse';
import { statedEngines } from './packages';
import { ProjectPrograms, type DeclarationCache } from './program';
import type { Project } from './projects';

/** A file that is worth analysing. */
export interface Candidate {
  readonly path: string;
  readonly text: string;
}

export interface FileResult extends Candidate {
  readonly findings: readonly Finding[];
  /** Types were asked for, and a program answered whatever the analysis wanted to know. */
  readonly typed: boolean;
  /** The file's comments, collected only where one can mean something (see parse.ts). */
  readonly comments: readonly SourceComment[];
  /** For each finding, the names of the functions around its acquire (see `nameEnclosing`). */
  readonly owners: readonly string[];
  /** Nothing was left out: the whole text was parsed, no rule crashed, every question that needed types was answered by a program. */
  readonly complete: boolean;
}

/** Something about one file that a person should know, although the file was checked. */
export interface Note {
  readonly file: string;
  readonly message: string;
}

/** Where the results of a batch go. */
export interface Sink {
  readonly onResult: (result: FileResult) => void;
  readonly onSkipped: (file: string, reason: string) => void;
  readonly onNote: (note: Note) => void;
  /** Between two files: may pause, and throws when the run was cancelled. */
  readonly checkpoint: () => Promise<void>;
}

interface Suspended extends Started {
  readonly queries: readonly Query[];
}

/** A file under analysis. */
interface Started {
  readonly parsed: ParsedFile;
  readonly module: SourceModule;
  readonly analysis: Analysis;
  /** Set when something of the file was left out. */
  readonly losses: { any: boolean };
}

/** What the files of a batch have in common. */
export interface BatchContext {
  /** Absent: no types, every question goes unanswered. */
  readonly project?: Project;
  readonly disk: FileSystem;
  readonly declarations: DeclarationCache;
  readonly analyseOptions: AnalyseOptions;
  /** Which files are test code. Absent: the engine decides by the path. */
  readonly isTest?: (file: string) => boolean;
}

/** How much text may wait for types, in UTF-16 units: a waiting file holds its tree, some eighty bytes a unit. */
const MOST_WAITING = 1_000_000;
/** How many types a checker may have made before another takes its place: some libraries make millions. */
const MOST_TYPES = 250_000;

/**
 * Analyses files that share a project. Each is parsed once and run until it asks for types; those that ask wait until there are enough
 * for a program over all of them. A file that crashes is skipped, the others go on.
 */
export async function analyseBatch(files: readonly Candidate[], context: BatchContext, sink: Sink): Promise<void> {
  const programs = context.project && new ProjectPrograms(context.project, context.disk, context.declarations);
  let waiting: Suspended[] = [];
  let waitingText = 0;
  for (const [index, file] of files.entries()) {
    await sink.checkpoint();
    guard(file.path, sink, () => {
      const suspended = startAnalysis(file, context, sink);
      if (!suspended) return;
      waiting.push(suspended);
      waitingText += file.text.length;
    });
    if (programs && waiting.length > 0 && (waitingText >= MOST_WAITING || index === files.length - 1)) {
      await finishWithTypes(waiting, programs, context, sink);
      waiting = [];
      waitingText = 0;
    }
  }
}

/** Answers what the files asked, to their end. Empties `waiting` as it goes, so that each tree can go as soon as its file is done. */
async function finishWithTypes(waiting: Suspended[], programs: ProjectPrograms, context: BatchContext, sink: Sink): Promise<void> {
  releaseMemory();
  let program = createProgramOrNote(programs, waiting, context, sink);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    await sink.checkpoint();
    const started = next;
    guard(started.parsed.path, sink, () => {
      const { parsed, analysis, queries } = started;
      const answer = program ? createAnswerer(ts, program, parsed.sourceFile) : NOBODY;
      const findings = runToEnd(analysis, queries, answer);
      sink.onResult(describeResult(started, findings, { typed: program !== undefined, answered: program !== undefined }));
    });
    if (program && waiting.length > 0 && program.getTypeCount() > MOST_TYPES) {
      program = createProgramOrNote(programs, waiting, context, sink);
      releaseMemory();
    }
  }
}

/** Reports the file if it needs no types; otherwise gives what waits for them. */
function startAnalysis(file: Candidate, context: BatchContext, sink: Sink): Suspended | undefined {
  const parsed = parseSource(file.path, file.text);
  const { module, lost } = convertSource(parsed);
  noteErrors(parsed, lost, sink);
  const losses = { any: lost.length > 0 };
  const analysis = analyse(module, {
    style: true,
    engines: () => statedEngines(file.path, context.disk),
    ...(context.isTest ? { test: context.isTest(file.path) } : {}),
    ...context.analyseOptions,
    onCrash: (error, where) => {
      losses.any = true;
      sink.onNote({ file: file.path, message: `a rule failed on line ${String(module.text.slice(0, where.start).split('\n').length)} and left that function out: ${messageOf(error)}` });
      context.analyseOptions.onCrash?.(error, where);
    },
  });
  const started = { parsed, module, analysis, losses };
  const progress = runUntilAsked(analysis);
  if (!progress.done && context.project) return { ...started, queries: progress.queries };
  const findings = progress.done ? progress.findings : runToEnd(analysis, progress.queries, NOBODY);
  sink.onResult(describeResult(started, findings, { typed: progress.done && context.project !== undefined, answered: progress.done }));
  return undefined;
}

function describeResult({ parsed, module, losses }: Started, findings: readonly Finding[], { typed, answered }: { typed: boolean; answered: boolean }): FileResult {
  return {
    path: parsed.path,
    text: parsed.text,
    findings,
    typed,
    comments: module.ast.comments ?? [],
    owners: findings.map((finding) => nameEnclosing(module.ast, finding.acquire.start)),
    complete: answered && !losses.any,
  };
}

function createProgramOrNote(programs: ProjectPrograms, waiting: readonly Suspended[], { project }: BatchContext, sink: Sink): ts.Program | undefined {
  const files = waiting.map(({ parsed }) => parsed);
  try {
    return programs.create(files);
  } catch (error) {
    const file = project?.configPath ?? files[0]?.path ?? '';
    sink.onNote({ file, message: `TypeScript failed on the project, its files were checked without types: ${messageOf(error)}` });
    return undefined;
  }
}

function noteErrors(parsed: ParsedFile, lost: readonly { first: number; last: number }[], sink: Sink): void {
  const [first] = parsed.errors;
  if (!first) return;
  const lines = lost.map((range) => (range.first === range.last ? String(range.first) : `${String(range.first)}-${String(range.last)}`));
  const consequence = lines.length > 0 ? `, not checked: ${lines.length === 1 && !lines[0]?.includes('-') ? 'line' : 'lines'} ${lines.join(', ')}` : '';
  sink.onNote({ file: parsed.path, message: `syntax error on line ${String(first.line)}: ${first.message}${consequence}` });
}

function guard(file: string, sink: Sink, work: () => void): void {
  try {
    work();
  } catch (error) {
    sink.onSkipped(file, `it could not be analysed: ${messageOf(error)}`);
  }
}

/** One line of an error, never its stack. */
export function messageOf(error: unknown): string {
  if (error instanceof RangeError && /call stack/.test(error.message)) return 'it nests too deeply';
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? '';
}
