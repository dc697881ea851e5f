/**
 * Measures the fixes: `node out/test/bench/fixes.js [FOLDER...] [--labels FILE --corpus FOLDER] [--diffs FILE] [--every] [--no-types] [--only TEXT]`.
 * How many findings of whole repositories and of labelled leaks have a fix, and what applying each of them in memory does. See docs/measuring.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { analyse } from '../../src/engine/analyse';
import { releaseMemory } from '../../src/workspace/memory';
import { unifiedDiff } from '../../src/cli/fix/diff';
import { countLines } from '../../src/configuration/lines';
import type { Finding } from '../../src/engine/findings';
import { Fixing } from './fixes/apply';
import { Checker } from './fixes/checker';
import { report, type FileRow, type FindingRow } from './fixes/report';
import { subjectsIn, subjectsOfLabels, type Subject } from './fixes/subjects';
import { print, runCommand, tell, UsageError } from './shared/command';
import { readTyped, runCoroutine } from './shared/read';

const USAGE = 'fixes [FOLDER...] [--labels FILE --corpus FOLDER] [--diffs FILE] [--every] [--no-types] [--only TEXT]';

runCommand(() => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { labels: { type: 'string' }, corpus: { type: 'string' }, diffs: { type: 'string' }, every: { type: 'boolean' }, 'no-types': { type: 'boolean' }, only: { type: 'string', multiple: true } },
  });
  if ((values.labels === undefined) !== (values.corpus === undefined) || (positionals.length === 0 && values.labels === undefined)) throw new UsageError(USAGE);
  const labelled = values.labels === undefined || values.corpus === undefined ? [] : subjectsOfLabels(values.labels, values.corpus);
  const subjects = [...labelled, ...positionals.flatMap(subjectsIn)].filter(({ name }) => values.only === undefined || values.only.some((text) => name.includes(text)));
  const started = performance.now();
  const typed = values['no-types'] !== true;
  const shown = withFindings(subjects, typed);
  const measured = measure(shown, typed, values.every === true);
  if (values.diffs !== undefined) writeFileSync(values.diffs, measured.diffs.join('\n'));
  print(report(measured.findings, measured.files));
  print(`\n${String(subjects.length)} files read, ${String(shown.length)} with findings, ${((performance.now() - started) / 1000).toFixed(0)} s`);
});

const isShown = ({ tier }: Finding): boolean => tier !== 'hint';

/** The texts in which something is found, those of one project together. Many share a program here; fixing gives each its own. */
function withFindings(subjects: readonly Subject[], typed: boolean): Subject[] {
  const checker = new Checker(typed);
  const { disk, projects, declarations } = checker;
  const found: { subject: Subject; project: string }[] = [];
  const skipped = ({ name }: Subject, reason: string): void => { tell(`${name}: ${reason}`); };
  for (const { source, module, answer } of readTyped(subjects, typed ? { disk, projects, declarations } : undefined, skipped)) {
    const findings = runCoroutine(analyse(module, { test: source.test }), answer);
    if (findings.some(isShown)) found.push({ subject: source, project: projects.projectOf(source.path).configPath ?? source.folder });
  }
  releaseMemory();
  return found.sort((one, other) => (one.project < other.project ? -1 : one.project > other.project ? 1 : 0)).map(({ subject }) => subject);
}

interface Measured {
  readonly findings: readonly FindingRow[];
  readonly files: readonly FileRow[];
  readonly diffs: readonly string[];
}

function measure(subjects: readonly Subject[], typed: boolean, every: boolean): Measured {
  const checker = new Checker(typed);
  const seen = new Set<string>();
  const findings: FindingRow[] = [];
  const files: FileRow[] = [];
  const diffs: string[] = [];
  for (const [index, subject] of subjects.entries()) {
    tell(`${String(index + 1)}/${String(subjects.length)} ${subject.name}`);
    const fixing = new Fixing(subject, checker);
    const lines = countLines(subject.text);
    const shown = fixing.found.filter(({ finding }) => isShown(finding));
    const again = new Map<string, number>();
    const fresh = shown.filter(({ finding }) => {
      const line = lines.lineAt(finding.start);
      const said = `${subject.group} ${finding.rule} ${subject.text.slice(lines.rangeOf(line).start, lines.rangeOf(line).end).trim()}`;
      const nth = (again.get(said) ?? 0) + 1;
      again.set(said, nth);
      const key = `${said} ${String(nth)}`;
      return !seen.has(key) && seen.add(key);
    });
    for (const { finding, fixes } of fresh) {
      const place = `${subject.name}:${String(lines.lineAt(finding.start) + 1)}`;
      const applied = fixes.slice(0, every ? fixes.length : 1).map((fix) => ({ fix, outcome: fixing.applyOne(finding, fix) }));
      findings.push({ place, finding, fixes, applied, whole: fixing.whole });
      for (const { fix, outcome } of applied) diffs.push([`# ${finding.tier} ${finding.rule} ${place}`, `# ${finding.message}`, `# ${fix.shape}${fix.safe ? ', safe' : `: ${fix.caution ?? ''}`}${fix.addsRuntime ? ' (adds the runtime)' : ''}: ${fix.title}`, unifiedDiff(subject.name.replaceAll(' ', '/'), subject.text, outcome.after)].join('\n'));
    }
    if (fresh.some(({ fixes }) => fixes.length > 0)) files.push({ place: subject.name, whole: fixing.whole, ...fixing.applyAll(isShown) });
  }
  return { findings, files, diffs };
}
