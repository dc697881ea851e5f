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
import { relativePath } from './paths';
import type { CheckOptions } from './program';
import { createProgress } from './progress';
import { fixAll, fixingOf, listFixesOf } from './fix/run';
import { unifiedDiff } from './fix/diff';
import type { Fixable } from './fix/fix';
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
  const fixing = fixingOf(options);
  const progress = createProgress(world.stderr, options.quiet !== true);
  const runOptions = {
    types: options.types,
    isTest,
    ...(options.project === undefined ? {} : { project: path.resolve(cwd, options.project) }),
    ...(rules ? { rules } : {}),
  };
  const run = await runSession(sorted.groups, {
    ...runOptions,
    onProgress: (done, total, file) => { progress.show(done, total, relativePath(file, cwd)); },
  }).finally(() => { progress.clear(); });

  const judgeFile = ({ configuration, result }: Fixable) => {
    const lines = countLines(result.text);
    const complete = result.complete && options.types;
    return { configuration, result, lines, verdicts: judge({ ...result, complete, lines }, configuration, rules) };
  };
  let files = run.files.map(judgeFile);
  const known = baseline.apply(files, { checked: new Set(run.checked), complete: options.types, ...(rules ? { rules } : {}) });
  const isOpen = (verdict: Verdict): boolean => verdict.finding !== undefined && !known.hides(verdict);
  const fixer = { ...runOptions, cwd };
  const fixNotes: string[] = [];
  if (fixing) {
    const { fixed, written, notes } = fixAll(files.filter(({ verdicts }) => verdicts.some(isOpen)), known.hides, { ...fixer, ...fixing });
    fixNotes.push(...notes);
    if (!fixing.write) await write(world.stdout, fixed.map(({ path: at, before, after }) => unifiedDiff(relativePath(at, cwd), before, after)).join(''));
    const again = await runSession(sorted.groups.map((group) => ({ ...group, files: group.files.filter((file) => written.has(file)) })), { ...runOptions, onProgress: () => undefined });
    files = files.map((file) => (written.has(file.result.path) ? again.files.find(({ result }) => result.path === file.result.path) : file)).flatMap((file) => (file === undefined ? [] : [judgeFile(file)]));
  }
  const listFixes = options.fixes ? listFixesOf(fixer, (file) => relativePath(file, cwd)) : undefined;
  const reported: ReportedFile[] = files
    .map((file) => ({ file, open: file.verdicts.filter((verdict) => !known.hides(verdict)) }))
    .map(({ file, open }) => ({ file: relativePath(file.result.path, cwd), text: file.result.text, lines: file.lines, verdicts: open, ...(listFixes && open.length > 0 ? { fixes: listFixes(file) } : {}) }))
    .filter(({ verdicts }) => verdicts.length > 0)
    .sort((one, other) => (one.file < other.file ? -1 : 1));

  const skipped = [...found.skipped, ...sorted.skipped, ...run.skipped].map(({ file, reason }) => ({ file: relativePath(file, cwd), reason }));
  const report = {
    reported,
    files: run.checked.length,
    analysed: run.files.length,
    typed: run.typed,
    skipped: skipped.sort((one, other) => (one.file < other.file ? -1 : 1)),
    milliseconds: Math.round(performance.now() - started),
    notes: [...run.notes.map(({ file, message }) => `${relativePath(file, cwd)}: ${message}`), ...known.notes, ...fixNotes],
  };
  const fails = failsAt(options.failOn ?? sorted.root.configuration.failOn);
  const shows = (verdict: Verdict) => options.hints === true || verdict.severity !== 'hint' || fails(verdict);
  const colors = createColors(wantsColor(options.color, world));
  const text = options.format === 'json' ? printJson(report) : printText(report, { colors, shows, quiet: options.quiet === true });
  // A dry run prints nothing that a tool could take for a part of the diff.
  if (text !== '') await write(fixing && !fixing.write ? world.stderr : world.stdout, text);

  if (problems !== '') return EXIT.failed;
  return reported.some(({ verdicts }) => verdicts.some(fails)) ? EXIT.found : EXIT.clean;
}

/** Whether a verdict is certain enough to fail the run. */
function failsAt(failOn: FailOn): (verdict: Verdict) => boolean {
  if (failOn === 'never') return () => false;
  const failing = TIERS.slice(0, TIERS.indexOf(failOn) + 1);
  return ({ tier }) => failing.includes(tier);
}
