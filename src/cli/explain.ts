import { existsSync } from 'node:fs';
import path from 'node:path';
import { createColors } from 'picocolors';
import { judge } from '../configuration/judge';
import { countLines } from '../configuration/lines';
import type { Range } from '../engine/findings';
import { explainFile } from '../workspace/explain';
import { isDeclarationFile, isSourcePath } from '../workspace/languages';
import { ProjectError } from '../workspace/session';
import { createTestFinder } from '../workspace/tests';
import { wantsColor } from './color';
import { listProblems, sortByConfiguration } from './configurations';
import { EXIT, explain as explainError, Failure, type ExitCode } from './failure';
import { write } from './output';
import type { ExplainOptions } from './program';
import { escapeJson } from './report/clean';
import { describeTelling, printExplanation, type Telling } from './report/explanation';
import type { World } from './world';

/** `managed-scope explain FILE:LINE[:COLUMN]`: prints what is known of the calls there, and what a check would say of them. */
export async function explain(place: string, options: ExplainOptions, world: World): Promise<ExitCode> {
  try {
    return await explainPlace(place, options, world);
  } catch (error) {
    await write(world.stderr, explainError(error instanceof ProjectError ? new Failure(error.message) : error));
    return EXIT.failed;
  }
}

async function explainPlace(asked: string, options: ExplainOptions, world: World): Promise<ExitCode> {
  const { cwd } = world;
  const { file, line, column } = parsePlace(asked);
  const absolute = path.resolve(cwd, file);
  if (!existsSync(absolute)) throw new Failure(`cannot explain ${file}: it does not exist`);
  if (!isSourcePath(absolute)) throw new Failure(`cannot explain ${file}: ${isDeclarationFile(absolute) ? 'a declaration file' : 'not TypeScript or JavaScript'}`);
  const isTest = createTestFinder(cwd);
  const sorted = sortByConfiguration([absolute], { cwd, isTest, ...(options.config === undefined ? {} : { config: options.config }) });
  const problems = listProblems(sorted.configurations, cwd);
  if (problems !== '') await write(world.stderr, problems);
  const { configuration } = sorted.groups[0] ?? sorted.root;
  const test = configuration.tests !== 'same' && isTest(absolute);
  const explained = explainFile({
    file: absolute,
    placeIn: (text) => placeIn(text, line, column, file),
    types: options.types,
    ...(options.project === undefined ? {} : { project: path.resolve(cwd, options.project) }),
    analyseOptions: { models: configuration.models, test },
  });
  if ('skipped' in explained) throw new Failure(`cannot explain ${file}: a check skips it: ${explained.skipped}`);
  const lines = countLines(explained.text);
  const { findings } = explained.explanation;
  const verdicts = judge({ text: explained.text, comments: explained.comments, findings, complete: false, lines }, configuration);
  const telling: Telling = {
    file: path.relative(cwd, absolute).replaceAll(path.sep, '/'),
    asked: { line, ...(column === undefined ? {} : { column }) },
    lines,
    text: explained.text,
    explained,
    test,
    left: sorted.skipped[0]?.reason,
    said: findings.map((finding) => ({ finding, verdict: verdicts.find((verdict) => verdict.finding === finding) })),
  };
  const json = options.format === 'json';
  await write(world.stdout, json ? `${escapeJson(JSON.stringify(describeTelling(telling)))}\n` : printExplanation(telling, createColors(wantsColor(options.color, world))));
  return problems === '' ? EXIT.clean : EXIT.failed;
}

/** `src/a.ts:12:5`; a drive letter's colon is none of these. */
function parsePlace(place: string): { readonly file: string; readonly line: number; readonly column?: number } {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(place) ?? [];
  if (file === undefined || line === undefined) throw new Failure(`"${place}" is no place: write FILE:LINE or FILE:LINE:COLUMN`);
  return { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
}

/** The range of a line, or the empty range at a column of it; both count from 1. */
function placeIn(text: string, line: number, column: number | undefined, file: string): Range {
  const lines = countLines(text);
  if (line < 1 || line > lines.count) throw new Failure(`${file} has no line ${String(line)}: it has ${String(lines.count)}`);
  const range = lines.rangeOf(line - 1);
  if (column === undefined) return { start: range.start, end: Math.max(range.end, range.start + 1) };
  const mark = line === 1 ? lines.positionAt(range.start).column - 1 : 0;
  const at = Math.min(range.start + Math.max(column - 1, 0) + mark, range.end);
  return { start: at, end: at };
}
