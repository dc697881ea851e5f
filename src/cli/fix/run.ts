import type { Verdict } from '../../configuration/judge';
import { Fixer } from '../../workspace/fixes';
import { Failure } from '../failure';
import type { CheckOptions } from '../program';
import { keyOf, type ListedFix } from '../report/reported';
import { count } from '../report/summary';
import { relativePath } from '../paths';
import { fixFiles, requestFor, type Fixable, type FixedFile, type FixOptions, type Hides } from './fix';
import { hashText } from './hash';

/** What was asked for on fixing; undefined when nothing was. Throws a Failure when it contradicts itself. */
export function fixingOf({ fix, fixDryRun, fixSuggestions, fixes, format }: CheckOptions): Pick<FixOptions, 'write' | 'suggestions'> | undefined {
  if (fix && fixDryRun) throw new Failure('--fix and --fix-dry-run exclude each other');
  if (fixSuggestions !== undefined && !fix && !fixDryRun) throw new Failure('--fix-suggestions goes with --fix or --fix-dry-run');
  if (fixes && format !== 'json') throw new Failure('--fixes goes with --format json');
  if (!fix && !fixDryRun) return undefined;
  return { write: fix === true, ...(fixSuggestions === undefined ? {} : { suggestions: fixSuggestions }) };
}

/** A file with what is said of it. */
interface JudgedFile extends Fixable {
  readonly verdicts: readonly Verdict[];
}

/** Fixes what is open, and says in sentences how that went. */
export function fixAll(files: readonly JudgedFile[], hides: (verdict: Verdict) => boolean, options: FixOptions): { readonly fixed: readonly FixedFile[]; readonly notes: readonly string[] } {
  const hidden = new Set(files.flatMap(({ result, verdicts }) => verdicts.filter(hides).flatMap(({ finding }) => (finding ? [hiddenKey(result.path, finding, result.text)] : []))));
  const isHidden: Hides = (file, finding, text) => hidden.has(hiddenKey(file, finding, text));
  const fixed = [...fixFiles(files, options, isHidden)];
  const done = fixed.filter(({ refused }) => refused === undefined);
  const total = done.reduce((sum, { applied }) => sum + applied.length, 0);
  const verb = options.write ? 'Applied' : 'Would apply';
  return {
    fixed,
    notes: [
      `${verb} ${count(total, 'fix', 'fixes')} in ${count(done.length, 'file')}.`,
      ...fixed.flatMap(({ path: at, refused }) => (refused === undefined ? [] : [`${relativePath(at, options.cwd)} was not fixed: ${refused}`])),
    ],
  };
}

/** A finding that keeps its name when code above it moves: rule, function and acquire as they are written. */
const hiddenKey: (file: string, finding: { readonly rule: string; readonly acquire: { readonly start: number; readonly end: number } }, text: string) => string = (file, { rule, acquire }, text) =>
  [file, rule, text.slice(acquire.start, acquire.end)].join('\0');

/** Lists the fixes of a file's findings for the JSON output. */
export function listFixesOf(options: Omit<FixOptions, 'write'>, relate: (file: string) => string): (file: Fixable) => ReadonlyMap<string, readonly ListedFix[]> {
  const fixer = new Fixer({ types: options.types, ...(options.project === undefined ? {} : { project: options.project }) });
  return (file) => {
    const place = { file: relate(file.result.path), sha256: hashText(file.result.text) };
    return new Map(
      fixer.fixesOf(requestFor(file, options)).map(({ finding, fixes }) => [
        keyOf(finding),
        fixes.map(({ shape, title, safe, caution, addsRuntime, edits }) => ({
          shape,
          title,
          safe,
          ...(caution === undefined ? {} : { caution }),
          ...(addsRuntime ? { addsRuntime } : {}),
          edits: edits.map((edit) => ({ ...place, ...edit })),
        })),
      ]),
    );
  };
}
