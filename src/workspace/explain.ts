import ts from 'typescript';
import type { AnalyseOptions } from '../engine/analyse';
import { explain } from '../engine/explain/explain';
import type { Explanation } from '../engine/explain/explanation';
import type { Answers, Query } from '../engine/facts';
import type { Range } from '../engine/findings';
import { MODELS } from '../engine/resources/index';
import type { SourceComment } from '../configuration/suppressions';
import { createAnswerer } from '../types/answer';
import { NOBODY, type Answerer } from './drive';
import { FileSystem } from './filesystem';
import { convertSource, parseSource } from './parse';
import { createPrefilter } from './prefilter';
import { DeclarationCache, ProjectPrograms } from './program';
import { ProjectFinder, type Project } from './projects';
import { DISK, readSource } from './read';

export interface ExplainRequest {
  /** Absolute path. */
  readonly file: string;
  /** The place to explain, once the text is known. */
  readonly placeIn: (text: string) => Range;
  readonly types: boolean;
  readonly project?: string;
  readonly analyseOptions?: AnalyseOptions;
}

export interface FileExplanation {
  readonly text: string;
  readonly comments: readonly SourceComment[];
  readonly place: Range;
  /** The text mentions a name that can acquire; else a check does not look further. */
  readonly mentions: boolean;
  /** The project whose types answered: its tsconfig, or none where default options hold. Absent: nobody answered. */
  readonly typed?: { readonly project?: string };
  readonly explanation: Explanation;
  /** What went wrong on the way: syntax errors, crashed rules, projects. */
  readonly notes: readonly string[];
}

/** Explains a place of one file, in the project that a check would take for it. Throws a ProjectError as a check does. */
export function explainFile({ file, placeIn, types, project: forced, analyseOptions = {} }: ExplainRequest): FileExplanation | { readonly skipped: string } {
  const read = readSource(file, DISK);
  if ('skipped' in read) return read;
  const notes: string[] = [];
  const parsed = parseSource(file, read.text);
  const { module } = convertSource(parsed);
  const [error] = parsed.errors;
  if (error) notes.push(`syntax error on line ${String(error.line)}: ${error.message}`);
  const disk = new FileSystem();
  const finder = types ? new ProjectFinder(disk, forced) : undefined;
  const project = finder?.projectOf(file);
  const answer = project === undefined ? undefined : answererOf(project, disk, parsed, notes);
  const place = placeIn(read.text);
  const onCrash: AnalyseOptions['onCrash'] = (crash, where) => {
    notes.push(`a rule failed at offset ${String(where.start)}: ${crash instanceof Error ? crash.message : String(crash)}`);
  };
  const explanation = run(explain(module, place, { ...analyseOptions, onCrash }), answer ?? NOBODY);
  notes.push(...(finder?.problems ?? []).map(({ file: config, message }) => `${config}: ${message}`));
  return {
    text: read.text,
    comments: module.ast.comments ?? [],
    place,
    mentions: createPrefilter([...MODELS, ...(analyseOptions.models ?? [])])(read.text),
    ...(answer === undefined ? {} : { typed: project?.configPath === undefined ? {} : { project: project.configPath } }),
    explanation,
    notes,
  };
}

function answererOf(project: Project, disk: FileSystem, parsed: ReturnType<typeof parseSource>, notes: string[]): Answerer | undefined {
  try {
    const program = new ProjectPrograms(project, disk, new DeclarationCache(disk)).create([parsed]);
    return createAnswerer(ts, program, parsed.sourceFile);
  } catch (error) {
    notes.push(`TypeScript failed on the project, and nobody answered for types: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function run(coroutine: Generator<readonly Query[], Explanation, Answers>, answer: Answerer): Explanation {
  let step = coroutine.next([]);
  while (!step.done) step = coroutine.next(step.value.length > 0 ? answer(step.value) : []);
  return step.value;
}
