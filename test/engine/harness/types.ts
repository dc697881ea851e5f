import path from 'node:path';
import ts from 'typescript';
import type { SourceModule } from '../../../src/engine/analyse';
import { createAnswerer } from '../../../src/types/answer';
import type { Answerer } from '../../../src/workspace/drive';
import { FileSystem, toCompilerPath } from '../../../src/workspace/filesystem';
import { DEFAULT_OPTIONS, normaliseOptions } from '../../../src/workspace/options';
import { convertSource, parseSource } from '../../../src/workspace/parse';
import { createProjectProgram, DeclarationCache } from '../../../src/workspace/program';

/** A text that takes part in a program. */
export interface TypedText {
  /** Unique; relative to the repository's root, and inside it, so that installed packages resolve. */
  readonly file: string;
  /** What the engine is told. */
  readonly pretendPath: string;
  readonly text: string;
}

export interface TypedModule {
  readonly module: SourceModule;
  readonly answer: Answerer;
}

/** Puts texts into one TypeScript program with the default options and the packages that are installed here. In the order of the texts. */
export function typeTexts(texts: readonly TypedText[]): TypedModule[] {
  const disk = new FileSystem();
  const parsed = texts.map(({ file, text }) => parseSource(path.resolve(file), text));
  const options = { ...normaliseOptions(DEFAULT_OPTIONS, true), typeRoots: [toCompilerPath(path.resolve('node_modules/@types'))] };
  const program = createProjectProgram({ options, ambient: [], key: 'fixtures' }, parsed, disk, new DeclarationCache(disk));
  return parsed.map((file, index) => ({
    module: { ...convertSource(file).module, path: texts[index]?.pretendPath ?? file.path },
    answer: createAnswerer(ts, program, file.sourceFile),
  }));
}
