import path from 'node:path';
import { createColors } from 'picocolors';
import { countLines } from '../configuration/lines';
import { judge, type Verdict } from '../configuration/judge';
import { TIERS } from '../engine/findings';
import type { FailOn } from '../configuration/settings';
import { createBaseline } from './baseline';
import { listProblems, sortByConfiguration } from './configurations';
import { EXIT, explain as explainError, Failure, type ExitCode } from './failure';
import { write } from './output';
import type { CheckOptions } from './program';
import { createProgress } from './progress';
import { printJson } from './report/json';
import type { ReportedFile } from './report/reported';
import { printText } from './report/text';
import { runSession } from './run';
import { findFiles } from '../workspace/files';
import { createTestFinder } from '../workspace/tests';
import { wantsColor } from './color';
import type { World } from './world';

// One bundle with TypeScript in it serves both commands.
export { explain } from './explain';

/** `managed-scope check`: finds the files, has them analysed, says what is found, or on stderr what keeps it from that. */
export async function check(paths: readonly string[], options: CheckOptions, world: World): Promise<ExitCode> {
  try {
    return await checkPaths(paths, options, world);
  } catch (error) {
    await write(world.stderr, explainError(error));
    return EXIT.failed;
  }
}

async function checkPaths(paths: readonly string[], options: CheckOptions, world: World): Promise<ExitCode> {
  const started = performance.now();
  const { cwd } = world;
  const found = findFiles(paths.length > 0 ? paths : ['.'], { cwd });
  const [missing] = found.errors;
  if (missing) throw new Failure(`cannot check ${missing.path}: ${missing.message}`);

  const isTest = createTestFinder(cwd);
  const sorted = sortByConfiguration(found.files, { cwd, isTest, ...(options.config === undefined ? {} : { config: options.config }) });
  const problems = listProblems(sorted.configurations, cwd);
  if (problems !== '') await write(world.stderr, problems);
  if (problems !== '' && options.updateBaseline) throw new Failure('the baseline is not updated while the configuration has errors');
  const baseline = createBaseline(options, sorted.root, cwd);

  const rules = options.rule && new Set(options.rule);
  const progress = createProgress(world.stderr, options.quiet !== true);
  const run = await runSession(sorted.groups, {
    types: options.types,
    isTest,
    ...(options.project === undefined ? {} : { project: path.resolve(cwd, options.project) }),
    ...(rules ? { rules } : {}),
    onProgress: (done, total, file) => { progress.show(done, total, relate(file, cwd)); },
  }).finally(() => { progress.clear(); });

  const files = run.files.map(({ configuration, result }) => {
    const lines = countLines(result.text);
    const complete = result.complete && options.types;
    return { result, lines, verdicts: judge({ ...result, complete, lines }, configuration, rules) };
  });
  const known = baseline.apply(files, { checked: new Set(run.checked), complete: options.types, ...(rules ? { rules } : {}) });
  const reported: ReportedFile[] = files
    .map(({ result, lines, verdicts }) => ({ file: relate(result.path, cwd), text: result.text, lines, verdicts: verdicts.filter((verdict) => !known.hides(verdict)) }))
    .filter(({ verdicts }) => verdicts.length > 0)
    .sort((one, other) => (one.file < other.file ? -1 : 1));

  const skipped = [...found.skipped, ...sorted.skipped, ...run.skipped].map(({ file, reason }) => ({ file: relate(file, cwd), reason }));
  const report = {
    reported,
    files: run.checked.length,
    analysed: run.files.length,
    typed: run.typed,
    skipped: skipped.sort((one, other) => (one.file < other.file ? -1 : 1)),
    milliseconds: Math.round(performance.now() - started),
    notes: [...run.notes.map(({ file, message }) => `${relate(file, cwd)}: ${message}`), ...known.notes],
  };
  const fails = failsAt(options.failOn ?? sorted.root.configuration.failOn);
  const shows = (verdict: Verdict) => options.hints === true || verdict.severity !== 'hint' || fails(verdict);
  const colors = createColors(wantsColor(options.color, world));
  const text = options.format === 'json' ? printJson(report) : printText(report, { colors, shows, quiet: options.quiet === true });
  if (text !== '') await write(world.stdout, text);

  if (problems !== '') return EXIT.failed;
  return reported.some(({ verdicts }) => verdicts.some(fails)) ? EXIT.found : EXIT.clean;
}

/** Whether a verdict is certain enough to fail the run. */
function failsAt(failOn: FailOn): (verdict: Verdict) => boolean {
  if (failOn === 'never') return () => false;
  const failing = TIERS.slice(0, TIERS.indexOf(failOn) + 1);
  return ({ tier }) => failing.includes(tier);
}

/** Relative to the working directory with `/`; absolute where no relative path leads there (another drive). */
function relate(file: string, cwd: string): string {
  return path.relative(cwd, file).replaceAll(path.sep, '/');
}
