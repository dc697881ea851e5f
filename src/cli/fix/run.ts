import path from 'node:path';
import type { Verdict } from '../../configuration/judge';
import { Fixer } from '../../workspace/fixes';
import { Failure } from '../failure';
import type { CheckOptions } from '../program';
import { keyOf, type ListedFix } from '../report/reported';
import { count } from '../report/summary';
import { relativePath } from '../paths';
import { fixFiles, requestFor, type AddRuntime, type Fixable, type FixedFile, type FixOptions } from './fix';
import { hashText } from './hash';
import { addCopy, addDependency } from './addRuntime';
import { replaceFile } from './write';

/** What was asked for on fixing; undefined when nothing was. Throws a Failure when it contradicts itself. */
export function fixingOf({ fix, fixDryRun, fixSuggestions, fixes, addRuntime, format }: CheckOptions): Pick<FixOptions, 'write' | 'suggestions' | 'addRuntime'> | undefined {
  if (fix && fixDryRun) throw new Failure('--fix and --fix-dry-run exclude each other');
  if (fixSuggestions !== undefined && !fix && !fixDryRun) throw new Failure('--fix-suggestions goes with --fix or --fix-dry-run');
  if (addRuntime !== undefined && !fix && !fixDryRun) throw new Failure('--add-runtime goes with --fix or --fix-dry-run');
  if (fixes && format !== 'json') throw new Failure('--fixes goes with --format json');
  if (!fix && !fixDryRun) return undefined;
  return { write: fix === true, ...(fixSuggestions === undefined ? {} : { suggestions: fixSuggestions }), ...(addRuntime === undefined ? {} : { addRuntime }) };
}

/** A file with what is said of it. */
interface JudgedFile extends Fixable {
  readonly verdicts: readonly Verdict[];
}

/** What became of a run that fixes. */
export interface Fixing {
  /** The files whose text changes, or would. */
  readonly fixed: readonly FixedFile[];
  /** Those of them that were written. */
  readonly written: ReadonlySet<string>;
  /** How it went, in sentences. */
  readonly notes: readonly string[];
}

/** Fixes what is open: works out every file, adds the runtime where it is needed, writes the files. Throws a Failure before anything is written if the runtime can't be added. */
export function fixAll(files: readonly JudgedFile[], hides: (verdict: Verdict) => boolean, options: FixOptions): Fixing {
  const hidden = new Set(files.flatMap(({ result, verdicts }) => verdicts.filter(hides).flatMap(({ finding }) => (finding ? [hiddenKey(result.path, finding, result.text)] : []))));
  const fixer = fixerFor(options);
  const fixed = [...fixFiles(files, options, (file, finding, text) => hidden.has(hiddenKey(file, finding, text)), fixer)];
  const notes = options.addRuntime === undefined ? [] : addRuntimeFor(fixed, options.addRuntime, options, fixer);
  const written = new Set<string>();
  for (const { path: at, before, after } of options.write ? fixed : []) {
    const outcome = replaceFile(at, before, after);
    if ('refused' in outcome) notes.push(`${relativePath(at, options.cwd)} was not fixed: ${outcome.refused}`);
    else written.add(at);
  }
  const done = options.write ? fixed.filter(({ path: at }) => written.has(at)) : fixed;
  const total = done.reduce((sum, { applied }) => sum + applied.length, 0);
  return { fixed, written, notes: [`${options.write ? 'Applied' : 'Would apply'} ${count(total, 'fix', 'fixes')} in ${count(done.length, 'file')}.`, ...notes] };
}

/** Adds the runtime once for each place that wants it. */
function addRuntimeFor(fixed: readonly FixedFile[], how: AddRuntime, { cwd, write, isTest }: FixOptions, fixer: Fixer): string[] {
  const needing = fixed.filter(({ applied }) => applied.some((fix) => fix.addsRuntime === true));
  if (how === 'copy') {
    const places = new Map(needing.map((file) => [path.resolve(file.settings.folder, file.settings.runtime?.copyTo ?? ''), file]));
    return [...places.values()].map(({ path: at, settings }) => {
      const { modules } = fixer.abilityOf({ path: at, text: '', settings });
      return `${write ? 'Copied' : 'Would copy'} the runtime to ${relativePath(addCopy(settings, modules, write), cwd)}.`;
    });
  }
  const manifests = new Map<string, 'dependencies' | 'devDependencies'>();
  for (const { path: at } of needing) {
    const manifest = fixer.manifestOf(at);
    if (manifest === undefined) throw new Failure(`cannot add the runtime for ${relativePath(at, cwd)}: no package.json is above it`);
    if (manifests.get(manifest) !== 'dependencies') manifests.set(manifest, isTest(at) ? 'devDependencies' : 'dependencies');
  }
  return [...manifests].map(([manifest, section]) => {
    if (write) addDependency(manifest, section);
    return `${write ? 'Added' : 'Would add'} the runtime to the ${section} of ${relativePath(manifest, cwd)}${write ? '; it is not installed yet' : ''}.`;
  });
}

function fixerFor({ types, project }: Pick<FixOptions, 'types' | 'project'>): Fixer {
  return new Fixer({ types, ...(project === undefined ? {} : { project }) });
}

/** A finding that keeps its name when code above it moves: rule, function and acquire as they are written. */
const hiddenKey: (file: string, finding: { readonly rule: string; readonly acquire: { readonly start: number; readonly end: number } }, text: string) => string = (file, { rule, acquire }, text) =>
  [file, rule, text.slice(acquire.start, acquire.end)].join('\0');

/** Lists the fixes of a file's findings for the JSON output. */
export function listFixesOf(options: Omit<FixOptions, 'write'>, relate: (file: string) => string): (file: Fixable) => ReadonlyMap<string, readonly ListedFix[]> {
  const fixer = fixerFor(options);
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
