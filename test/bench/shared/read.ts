import ts from 'typescript';
import type { SourceModule } from '../../../src/engine/analyse';
import type { Answers, Query } from '../../../src/engine/facts';
import { createAnswerer } from '../../../src/types/answer';
import { NOBODY, type Answerer } from '../../../src/workspace/drive';
import { FileSystem } from '../../../src/workspace/filesystem';
import { convertSource, parseSource } from '../../../src/workspace/parse';
import { DeclarationCache, ProjectPrograms } from '../../../src/workspace/program';
import { ProjectFinder } from '../../../src/workspace/projects';

/** A text to analyse as if it lay at `path`. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

export interface ReadFile<S extends SourceText> {
  readonly source: S;
  readonly module: SourceModule;
  /** How many syntax errors the text has. */
  readonly errors: number;
  readonly answer: Answerer;
}

/** What the files of a run share: library declarations are parsed once. Absent: no types. */
export interface TypeWorld {
  readonly disk: FileSystem;
  readonly projects: ProjectFinder;
  readonly declarations: DeclarationCache;
}

/** Types of what lies on the disk. */
export function typeWorld(): TypeWorld {
  const disk = new FileSystem();
  return { disk, projects: new ProjectFinder(disk), declarations: new DeclarationCache(disk) };
}

/** The most files that one program has as roots. */
const PROGRAM_ROOTS = 200;

/**
 * Parses texts and gives each with somebody who answers its questions: a program over the texts of one project, made when one of
 * them first asks, and dropped with the last of them. Texts of one path never share a program. What cannot be parsed is told and left out.
 */
export function* readTyped<S extends SourceText>(sources: readonly S[], world: TypeWorld | undefined, onSkipped: (source: S, reason: string) => void): Generator<ReadFile<S>> {
  for (const batch of batches(sources, world)) {
    const parsed = batch.flatMap((source) => {
      try {
        const file = parseSource(source.path, source.text);
        return [{ source, file, module: convertSource(file).module }];
      } catch (error) {
        onSkipped(source, error instanceof Error ? error.message : String(error));
        return [];
      }
    });
    let program: ts.Program | undefined;
    const programOf = (path: string, { disk, projects, declarations }: TypeWorld): ts.Program => (program ??= new ProjectPrograms(projects.projectOf(path), disk, declarations).create(parsed.map(({ file }) => file)));
    for (const { source, file, module } of parsed) {
      const answer = world ? lazily(() => createAnswerer(ts, programOf(source.path, world), file.sourceFile)) : NOBODY;
      yield { source, module, errors: file.errors.length, answer };
    }
  }
}

function lazily(make: () => Answerer): Answerer {
  let made: Answerer | undefined;
  return (queries) => (made ??= make())(queries);
}

function batches<S extends SourceText>(sources: readonly S[], world: TypeWorld | undefined): S[][] {
  const open = new Map<string, S[]>();
  const all: S[][] = [];
  for (const source of sources) {
    const key = world?.projects.projectOf(source.path).key ?? '';
    let batch = open.get(key);
    if (batch === undefined || batch.length >= PROGRAM_ROOTS || batch.some((other) => other.path === source.path)) {
      open.set(key, (batch = []));
      all.push(batch);
    }
    batch.push(source);
  }
  return all;
}

/** Runs any of the engine's coroutines to its end. */
export function runCoroutine<R>(coroutine: Generator<readonly Query[], R, Answers>, answer: Answerer): R {
  let step = coroutine.next([]);
  while (!step.done) step = coroutine.next(step.value.length > 0 ? answer(step.value) : []);
  return step.value;
}

